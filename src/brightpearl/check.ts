/**
 * What `connection check` asks of Brightpearl: credentials, which services answer, and
 * whether creates are de-duplicated. Reads only, past the cache.
 */
import { z } from 'zod';
import type { Finding } from '../contracts/answers.ts';
import type { Failure, Result } from '../contracts/result.ts';
import type {
	AccountConfiguration,
	BrightpearlCheck,
	Channel,
	TaxCode,
	Warehouse,
} from './api.ts';
import { searchCall } from './search.ts';
import type { Ask } from './call.ts';

export interface CheckDeps {
	readonly account: string;
	readonly isOAuth: boolean;
	readonly ask: Ask;
	readonly configuration: () => Promise< Result< AccountConfiguration > >;
	readonly channels: () => Promise< Result< readonly Channel[] > >;
	readonly warehouses: () => Promise< Result< readonly Warehouse[] > >;
	readonly taxCodes: () => Promise< Result< readonly TaxCode[] > >;
	readonly instanceName: () => Promise< string | null >;
	/** In use, and what Brightpearl itself said. */
	readonly instanceId: () => { used: number | null; told: number | null };
	readonly requestsRemaining: () => number | null;
}

const finding = (
	level: Finding[ 'level' ],
	code: string,
	message: string,
	fix: string | null = null
): Finding => ( { side: 'brightpearl', code, level, message, fix } );

function failureFinding( what: string, failure: Failure ): Finding {
	if ( failure.kind === 'hold' ) {
		const { code, message, fix } = failure.problem;
		return finding( 'error', code, `${ what }: ${ message }`, fix );
	}
	return failure.cause === 'throttled'
		? finding(
				'error',
				'throttled',
				`${ what }: ${ failure.message }`,
				'Wait a minute, then check again; `budget.reserve` shares the minute with other apps.'
			)
		: finding(
				'error',
				'service-unreachable',
				`${ what }: ${ failure.message }`,
				'Check `brightpearl.apiDomain` and this machine’s way to the internet; Brightpearl’s status page tells of outages.'
			);
}

/** A search of one row, to see whether a service answers this app. */
async function probe( ask: Ask, path: string, column: string ) {
	const sent = await ask(
		searchCall(
			{
				path,
				columns: [ column ],
				sort: `${ column }.ASC`,
				row: z.unknown(),
				pageSize: 1,
			},
			1
		)
	);
	return sent.kind === 'failed' ? sent.failure : null;
}

function instanceFinding( deps: CheckDeps ): Finding {
	const { used, told } = deps.instanceId();
	if ( used === null ) {
		return finding(
			'warning',
			'instance-id-missing',
			'The installation instance id is not known. Without it Brightpearl does not de-duplicate external references, so every create looks first whether the order exists.',
			deps.isOAuth
				? null
				: 'Works as it is, at a few more requests per order. If you know the id, set `brightpearl.installationInstanceId`.'
		);
	}
	return told !== null && told !== used
		? finding(
				'warning',
				'instance-id-differs',
				`The connection says installation instance ${ used }, Brightpearl says ${ told }.`,
				`Remove \`brightpearl.installationInstanceId\` or set it to ${ told }.`
			)
		: finding(
				'ok',
				'instance-id-ok',
				`Installation instance ${ used }: Brightpearl de-duplicates external references.`
			);
}

export async function checkAccount(
	deps: CheckDeps
): Promise< BrightpearlCheck > {
	const findings: Finding[] = [];
	const configuration = await deps.configuration();
	if ( ! configuration.ok ) {
		findings.push(
			failureFinding( `Account ${ deps.account }`, configuration.failure )
		);
		return {
			findings,
			instanceName: null,
			baseCurrency: null,
			timeZone: null,
			taxScheme: null,
			channels: [],
			requestsRemaining: deps.requestsRemaining(),
		};
	}
	const account = configuration.value;
	findings.push(
		finding(
			'ok',
			'account-ok',
			`Account ${ deps.account }: ${ account.baseCurrency }, ${ account.timeZone }.`
		)
	);

	const channels = await deps.channels();
	const warehouses = await deps.warehouses();
	const taxCodes = await deps.taxCodes();
	const answers: [ service: string, failure: Failure | null ][] = [
		[ 'Product service', channels.ok ? null : channels.failure ],
		[ 'Warehouse service', warehouses.ok ? null : warehouses.failure ],
		[ 'Accounting service', taxCodes.ok ? null : taxCodes.failure ],
		[
			'Order service',
			await probe( deps.ask, '/order-service/order-search', 'orderId' ),
		],
		[
			'Contact service',
			await probe(
				deps.ask,
				'/contact-service/contact-search',
				'contactId'
			),
		],
	];
	const down = answers.flatMap( ( [ service, failure ] ) =>
		failure ? [ failureFinding( service, failure ) ] : []
	);
	findings.push(
		...( down.length > 0
			? down
			: [
					finding(
						'ok',
						'services-ok',
						'The integration, product, warehouse, accounting, order and contact services answer.'
					),
				] )
	);

	const instanceName = await deps.instanceName();
	findings.push( instanceFinding( deps ) );
	return {
		findings,
		instanceName,
		baseCurrency: account.baseCurrency,
		timeZone: account.timeZone,
		taxScheme: account.taxScheme,
		channels: channels.ok
			? channels.value.map( ( { id, name } ) => ( { id, name } ) )
			: [],
		requestsRemaining: deps.requestsRemaining(),
	};
}
