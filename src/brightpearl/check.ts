/**
 * What `connection check` asks of Brightpearl: credentials, which services answer, and
 * whether creates are de-duplicated. Reads only, past the cache.
 */
import { z } from 'zod';
import type { BudgetView, Finding } from '../contracts/answers.ts';
import { HOUR } from '../contracts/primitives.ts';
import type { Failure, Result } from '../contracts/result.ts';
import type {
	AccountConfiguration,
	BrightpearlCheck,
	Channel,
	TaxCode,
	Warehouse,
} from './api.ts';
import { authorizeFix } from './oauth-app.ts';
import { searchCall } from './search.ts';
import type { Ask } from './call.ts';
import type { Grant } from './credentials.ts';

export interface CheckDeps {
	readonly connection: string;
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
	/** Of an OAuth app; null = no consent, or another kind of app. */
	readonly grant: () => Promise< Grant | null >;
	readonly now: () => number;
	readonly budget: () => Pick<
		BudgetView,
		'limit' | 'remaining' | 'resetsAt'
	>;
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

/** What OAuth adds: is there a consent, and does it last. */
function grantFinding(
	{ connection, account, now }: CheckDeps,
	grant: Grant | null
): Finding {
	if ( grant === null ) {
		return finding(
			'error',
			'consent-missing',
			`Nobody has given consent for the account ${ account } yet.`,
			authorizeFix( connection )
		);
	}
	const { expiresAt, renewable } = grant;
	if ( ! renewable ) {
		return finding(
			'warning',
			'token-not-renewable',
			`The access token ends at ${ expiresAt }, and there is no refresh token to renew it with.`,
			authorizeFix( connection )
		);
	}
	return Date.parse( expiresAt ) - now() < HOUR
		? finding(
				'ok',
				'token-ok',
				`The access token ends at ${ expiresAt }; it is renewed shortly before.`
			)
		: finding(
				'ok',
				'token-ok',
				`The access token is good until ${ expiresAt } and renews itself.`
			);
}

/** Below this share of the minute's allowance others will be waited for. */
const LOW = 10;

function budgetFindings( { budget }: CheckDeps ): Finding[] {
	const { limit, remaining, resetsAt } = budget();
	return limit !== null && remaining !== null && remaining * LOW < limit
		? [
				finding(
					'warning',
					'throttle-low',
					`${ remaining } of ${ limit } requests are left until ${ resetsAt ?? 'the minute ends' }.`,
					'Another app may share the allowance; leave it more with `budget.reserve`, or ask Brightpearl for a higher limit.'
				),
			]
		: [];
}

/** The services that answer, and each that does not. */
function serviceFindings(
	answers: readonly ( readonly [ string, Failure | null ] )[]
): Finding[] {
	const up = answers.flatMap( ( [ service, failure ] ) =>
		failure ? [] : [ service.toLowerCase() ]
	);
	const down = answers.flatMap( ( [ service, failure ] ) =>
		failure ? [ failureFinding( `${ service } service`, failure ) ] : []
	);
	return [
		...( down.length === 0
			? [
					finding(
						'ok',
						'services-ok',
						`The ${ listed( up ) } services answer.`
					),
				]
			: [
					finding(
						'ok',
						'services-some',
						up.length === 1
							? `Only the ${ listed( up ) } service answers.`
							: `Only the ${ listed( up ) } services answer.`
					),
				] ),
		...down,
	];
}

function listed( words: readonly string[] ): string {
	return words.length < 2
		? words.join( '' )
		: `${ words.slice( 0, -1 ).join( ', ' ) } and ${ words.at( -1 ) ?? '' }`;
}

export async function checkAccount(
	deps: CheckDeps
): Promise< BrightpearlCheck > {
	const nothing = {
		instanceName: null,
		baseCurrency: null,
		timeZone: null,
		taxScheme: null,
		channels: [],
	};
	const remaining = () => deps.budget().remaining;
	const grant = deps.isOAuth ? await deps.grant() : null;
	if ( deps.isOAuth && grant === null ) {
		return {
			...nothing,
			findings: [ grantFinding( deps, null ) ],
			requestsRemaining: remaining(),
		};
	}
	const configuration = await deps.configuration();
	if ( ! configuration.ok ) {
		return {
			...nothing,
			findings: [
				failureFinding(
					`Account ${ deps.account }`,
					configuration.failure
				),
			],
			requestsRemaining: remaining(),
		};
	}
	const account = configuration.value;
	const channels = await deps.channels();
	const warehouses = await deps.warehouses();
	const taxCodes = await deps.taxCodes();
	const services = serviceFindings( [
		[ 'Integration', null ],
		[ 'Product', failureOf( channels ) ],
		[ 'Warehouse', failureOf( warehouses ) ],
		[ 'Accounting', failureOf( taxCodes ) ],
		[
			'Order',
			await probe( deps.ask, '/order-service/order-search', 'orderId' ),
		],
		[
			'Contact',
			await probe(
				deps.ask,
				'/contact-service/contact-search',
				'contactId'
			),
		],
	] );
	const instanceName = await deps.instanceName();
	return {
		findings: [
			finding(
				'ok',
				'account-ok',
				`Account ${ deps.account }: ${ account.baseCurrency }, ${ account.timeZone }${ account.taxScheme === null ? '' : `, tax scheme ${ account.taxScheme }` }.`
			),
			...services,
			// It may have been renewed meanwhile.
			...( deps.isOAuth
				? [ grantFinding( deps, await deps.grant() ) ]
				: [] ),
			instanceFinding( deps ),
			...budgetFindings( deps ),
		],
		instanceName,
		baseCurrency: account.baseCurrency,
		timeZone: account.timeZone,
		taxScheme: account.taxScheme,
		channels: channels.ok
			? channels.value.map( ( { id, name } ) => ( { id, name } ) )
			: [],
		requestsRemaining: remaining(),
	};
}

function failureOf( result: Result< unknown > ): Failure | null {
	return result.ok ? null : result.failure;
}
