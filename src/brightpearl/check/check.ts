/**
 * What `connection check` asks of Brightpearl: credentials, which services answer, and
 * whether creates are de-duplicated. Reads only, past the cache; a token may be renewed.
 */
import { z } from 'zod';
import type { Finding } from '../../contracts/answers.ts';
import type { Failure, Result } from '../../contracts/result.ts';
import type {
	AccountConfiguration,
	BrightpearlCheck,
	Channel,
	TaxCode,
	Warehouse,
} from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { budgetFindings, type SeenBudget } from './check-budget.ts';
import { failureFinding, finding } from './check-finding.ts';
import { grantFinding, isSame, renewalFindings } from './check-grant.ts';
import type { Grant } from '../auth/credentials.ts';
import { searchCall } from '../search/search.ts';

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
	/** What will stop the next renewal of the token; null = nothing. */
	readonly prove: () => Promise< Failure | null >;
	readonly now: () => number;
	readonly budget: () => SeenBudget;
	/** The setting `budget.reserve`. */
	readonly reserve: () => number;
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
	// First: it may renew the token that the rest then asks with.
	const unproven = await deps.prove();
	const grant = deps.isOAuth ? await deps.grant() : null;
	if ( deps.isOAuth && grant === null ) {
		return {
			...nothing,
			findings: [
				grantFinding( deps, null ),
				...renewalFindings( unproven ),
			],
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
				...( isSame( unproven, configuration.failure )
					? []
					: renewalFindings( unproven ) ),
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
			...( unproven !== null
				? renewalFindings( unproven )
				: deps.isOAuth
					? // It may have been renewed meanwhile.
						[ grantFinding( deps, await deps.grant() ) ]
					: [] ),
			instanceFinding( deps ),
			...budgetFindings( deps.budget(), deps.reserve() ),
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
