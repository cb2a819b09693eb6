/** The moment of going live, in the browser's zone and as the service keeps it. */
import { isTree } from '../../../../src/contracts/json.ts';

const two = ( value: number ): string => String( value ).padStart( 2, '0' );

/** For `<input type="datetime-local">`; '' when there is no readable time. */
export function toLocal( iso: unknown ): string {
	if ( typeof iso !== 'string' ) {
		return '';
	}
	const at = new Date( iso );
	if ( Number.isNaN( at.getTime() ) ) {
		return '';
	}
	const day = `${ at.getFullYear() }-${ two( at.getMonth() + 1 ) }-${ two( at.getDate() ) }`;
	return `${ day }T${ two( at.getHours() ) }:${ two( at.getMinutes() ) }:${ two( at.getSeconds() ) }`;
}

/** ISO in UTC; '' (which the schema refuses) when it is not complete yet. */
export function fromLocal( local: string ): string {
	const at = new Date( local );
	return local === '' || Number.isNaN( at.getTime() ) ? '' : at.toISOString();
}

/** What a change of it means; null = nothing to warn of. */
export type LiveChange = 'stops' | 'starts' | 'earlier' | 'later';

export function liveChange(
	before: unknown,
	after: unknown
): LiveChange | null {
	if ( before === after || isTree( before ) || isTree( after ) ) {
		return null;
	}
	if ( after === null ) {
		return 'stops';
	}
	if ( before === null ) {
		return 'starts';
	}
	const [ from, to ] = [
		Date.parse( String( before ) ),
		Date.parse( String( after ) ),
	];
	if ( Number.isNaN( from ) || Number.isNaN( to ) || from === to ) {
		return null;
	}
	return to < from ? 'earlier' : 'later';
}

/** As long as a form may stand open after “Now” was clicked. */
const RECENT_MS = 15 * 60_000;

/** Saving it pushes orders of the past, which may be in Brightpearl already. */
export function reachesBack(
	before: unknown,
	after: unknown,
	now: number
): boolean {
	const change = liveChange( before, after );
	return (
		( change === 'starts' || change === 'earlier' ) &&
		Date.parse( String( after ) ) < now - RECENT_MS
	);
}
