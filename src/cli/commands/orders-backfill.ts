import { refusal } from '../failure.ts';
import { operationCommand } from '../operation-command.ts';
import { backfillText } from '../texts/backfill.ts';

export const ordersBackfill = operationCommand( {
	words: [ 'orders', 'backfill' ],
	summary: 'Push the orders of some days, whatever the go-live',
	takes: '--from D --to D',
	flags: {
		from: {
			type: 'string',
			value: 'D',
			help: 'first day, such as 2026-11-01, in the shop’s zone',
		},
		to: { type: 'string', value: 'D', help: 'last day, inclusive' },
		'dry-run': { type: 'boolean', help: 'only count them' },
		wait: { type: 'boolean', help: 'wait until all are done' },
	},
	operation: 'ordersBackfill',
	input: ( { given, settings } ) => {
		const from = given.text( 'from' );
		const to = given.text( 'to' );
		return from === null || to === null
			? refusal(
					'missing-argument',
					'orders backfill needs --from D and --to D.',
					{ fix: 'For example: --from 2026-11-01 --to 2026-11-30' }
				)
			: {
					connection: settings.connection,
					from,
					to,
					dryRun: given.has( 'dry-run' ),
					wait: given.has( 'wait' ),
				};
	},
	text: backfillText,
} );
