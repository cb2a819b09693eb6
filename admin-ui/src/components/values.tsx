/** Single values: money, times, and what is not known. */
import { useSyncExternalStore } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { formatDateTime, formatMoney, formatRelative } from './format.ts';

/** What is null in an answer: unknown or not applicable. */
export function Nothing() {
	return (
		<>
			<span aria-hidden="true">—</span>
			<span className="pb-hidden">{ __( 'none', 'pearlbridge' ) }</span>
		</>
	);
}

export function Money( {
	amount,
	currency,
}: {
	readonly amount: string | null;
	readonly currency: string | null;
} ) {
	return amount === null ? (
		<Nothing />
	) : (
		<span className="pb-number">{ formatMoney( amount, currency ) }</span>
	);
}

/** One clock for all relative times on the page. */
const EVERY = 5000;
const listeners = new Set< () => void >();
let now = Date.now();
let timer: number | undefined;

function subscribe( listener: () => void ): () => void {
	listeners.add( listener );
	now = Date.now();
	timer ??= window.setInterval( () => {
		now = Date.now();
		listeners.forEach( ( other ) => other() );
	}, EVERY );
	return () => {
		listeners.delete( listener );
		if ( listeners.size === 0 ) {
			window.clearInterval( timer );
			timer = undefined;
		}
	};
}

/** Milliseconds since the epoch, some seconds old at most. */
export function useNow(): number {
	return useSyncExternalStore( subscribe, () => now );
}

/** Relative, with the exact time for whoever points at it; `exact` the other way round. */
export function Time( {
	at,
	exact = false,
}: {
	readonly at: string | null;
	readonly exact?: boolean;
} ) {
	const clock = useNow();
	if ( at === null ) {
		return <Nothing />;
	}
	// What has just happened is never in the future, however old the page's clock is.
	const relative = formatRelative( at, Math.max( clock, nearly( at ) ) );
	const absolute = formatDateTime( at );
	return (
		<time dateTime={ at } title={ exact ? relative : absolute }>
			{ exact ? absolute : relative }
		</time>
	);
}

/** The page's clock may be up to `EVERY` behind what an event says. */
function nearly( at: string ): number {
	const moment = Date.parse( at );
	return moment - now < EVERY * 2 ? moment : now;
}

export interface Fact {
	readonly label: string;
	readonly value: ReactNode;
}

/** Pairs of name and value, as a `<dl>`. */
export function Facts( { items }: { readonly items: readonly Fact[] } ) {
	return (
		<dl className="pb-facts">
			{ items.map( ( { label, value } ) => (
				<div key={ label }>
					<dt>{ label }</dt>
					<dd>{ value ?? <Nothing /> }</dd>
				</div>
			) ) }
		</dl>
	);
}
