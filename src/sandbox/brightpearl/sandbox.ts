/**
 * What the sandbox's parts share: accounts, rules of the day, the log.
 */
import { createAccount } from './account.ts';
import type { Account } from './account.ts';
import { credentialsOf } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import type {
	ResourceChange,
	SandboxEvent,
	WebhookSimulation,
} from './model.ts';
import { PROFILES } from './profiles.ts';
import { createRequestLog } from './request-log.ts';
import type { RequestLog } from './request-log.ts';
import { seedAccount } from './seed.ts';
import { restoreAccount } from './state-file.ts';
import type { SavedState } from './state-file.ts';
import { strictSwitches } from './switches.ts';
import type { Switches } from './switches.ts';

export interface Tenant {
	readonly account: Account;
	readonly credentials: Credentials;
	/** Products whose stock moved last, newest first, for the page. */
	readonly recent: number[];
}

export interface Sandbox {
	readonly seed: number;
	readonly tenants: ReadonlyMap< string, Tenant >;
	readonly faults: Faults;
	readonly log: RequestLog;
	switches(): Switches;
	setSwitches( switches: Switches ): void;
	now(): number;
}

const KEPT_RECENT = 20;

/** Keeps the product in front of the list. */
function remember( recent: number[], productId: number ): void {
	const at = recent.indexOf( productId );
	if ( at >= 0 ) {
		recent.splice( at, 1 );
	}
	recent.unshift( productId );
	recent.length = Math.min( recent.length, KEPT_RECENT );
}

export interface SandboxOptions {
	readonly seed: number;
	readonly saved: SavedState | null;
	readonly now: () => number;
	readonly onChange: () => void;
	readonly onEvent: ( event: SandboxEvent ) => void;
	/** For the webhooks. */
	readonly onResource?: ( account: Account, change: ResourceChange ) => void;
	readonly onSimulation?: (
		account: Account,
		simulation: WebhookSimulation
	) => void;
}

export function createSandbox( options: SandboxOptions ): Sandbox {
	const { seed, saved, now, onChange, onEvent } = options;
	let switches = saved?.switches ?? strictSwitches();
	const tenants = new Map< string, Tenant >();
	for ( const profile of PROFILES ) {
		const recent: number[] = [];
		const account: Account = createAccount(
			profile,
			onChange,
			( event ) => {
				if ( event.type === 'change' ) {
					options.onResource?.( account, event );
					return;
				}
				if ( event.type === 'simulation' ) {
					options.onSimulation?.( account, event );
					return;
				}
				if ( event.type === 'stock' ) {
					remember( recent, event.productId );
					const product = account.tables.products.get(
						event.productId
					);
					if ( switches.stockTouchesProduct && product ) {
						account.tables.products.put( {
							...product,
							updatedAt: now(),
						} );
					}
				}
				onEvent( event );
			}
		);
		const before = saved?.accounts[ profile.code ];
		if ( before ) {
			restoreAccount( account, before );
		} else {
			seedAccount( account, seed, now() );
		}
		tenants.set( profile.code, {
			account,
			credentials: credentialsOf(
				seed,
				profile.code,
				profile.instanceId
			),
			recent,
		} );
	}
	return {
		seed,
		tenants,
		faults: createFaults( seed ),
		log: createRequestLog(),
		switches: () => switches,
		setSwitches: ( next ) => {
			switches = next;
			onChange();
		},
		now,
	};
}
