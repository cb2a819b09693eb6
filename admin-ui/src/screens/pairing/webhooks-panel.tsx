import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ApiError } from '../../host.ts';
import {
	Badge,
	CommandButton,
	DataTable,
	ErrorNotice,
	Panel,
	Time,
	formatNumber,
	notify,
} from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import type { PairingView } from './api.ts';
import { isAiling } from './guide.ts';
import type { Pairing } from './use-pairing.ts';

/** How the shop tells of its orders: webhooks, and the outbox behind them. */
export function WebhooksPanel( {
	pairing: { run, busy },
	view: { webhooks, outbox, nudge },
}: {
	readonly pairing: Pairing;
	readonly view: PairingView;
} ) {
	const [ error, setError ] = useState< ApiError | null >( null );
	const ailing = webhooks.length === 0 || webhooks.some( isAiling );
	const repair = async (): Promise< void > => {
		setError( null );
		const answer = await run( { path: 'webhooks/repair', data: {} } );
		if ( answer.ok ) {
			notify( __( 'The webhooks are in order.', 'pearlbridge' ) );
		} else {
			setError( answer.error );
		}
	};
	return (
		<Panel
			title={ __( 'News from the shop', 'pearlbridge' ) }
			actions={
				<CommandButton
					size="compact"
					variant={ ailing ? 'primary' : 'secondary' }
					busy={ busy === 'webhooks/repair' }
					onClick={ () => void repair() }
				>
					{ __( 'Repair webhooks', 'pearlbridge' ) }
				</CommandButton>
			}
		>
			<ErrorNotice error={ error } />
			<DataTable
				caption={ __( 'Webhooks', 'pearlbridge' ) }
				items={ webhooks }
				itemKey={ ( { id, topic } ) => `${ id ?? '' } ${ topic }` }
				empty={
					<p className="pb-muted">
						{ __(
							'There are no webhooks yet. Orders arrive through the outbox.',
							'pearlbridge'
						) }
					</p>
				}
				columns={ [
					{
						id: 'topic',
						label: __( 'Webhook', 'pearlbridge' ),
						primary: true,
						render: ( { topic } ) => <code>{ topic }</code>,
					},
					{
						id: 'status',
						label: __( 'State', 'pearlbridge' ),
						render: ( webhook ) => (
							<Badge label={ webhookLabel( webhook ) } />
						),
					},
					{
						id: 'failures',
						label: __( 'Failures in a row', 'pearlbridge' ),
						align: 'end',
						render: ( { failures } ) => formatNumber( failures ),
					},
				] }
			/>
			<p className="pb-outbox">
				{ outbox.waiting === 0
					? __(
							'Outbox: empty; the service has read all.',
							'pearlbridge'
						)
					: sprintf(
							/* translators: %s: number of changes */
							_n(
								'Outbox: %s change waits for the service, since',
								'Outbox: %s changes wait for the service, since',
								outbox.waiting,
								'pearlbridge'
							),
							formatNumber( outbox.waiting )
						) }{ ' ' }
				{ outbox.oldestAt !== null && <Time at={ outbox.oldestAt } /> }
				{ nudge.pausedUntil !== null && (
					<>
						{ ' · ' }
						{ __(
							'The service did not answer; it is called again',
							'pearlbridge'
						) }{ ' ' }
						<Time at={ nudge.pausedUntil } />
					</>
				) }
			</p>
		</Panel>
	);
}

function webhookLabel( {
	status,
	failures,
}: PairingView[ 'webhooks' ][ number ] ): {
	readonly text: string;
	readonly tone: Tone;
} {
	switch ( status ) {
		case 'active':
			return failures > 0
				? { text: __( 'Failing', 'pearlbridge' ), tone: 'warning' }
				: { text: __( 'Active', 'pearlbridge' ), tone: 'success' };
		case 'paused':
			return { text: __( 'Paused', 'pearlbridge' ), tone: 'warning' };
		case 'disabled':
			return {
				text: __( 'Switched off', 'pearlbridge' ),
				tone: 'error',
			};
		default:
			return { text: status, tone: 'warning' };
	}
}
