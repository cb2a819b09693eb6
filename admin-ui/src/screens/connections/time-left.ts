/** `9:41` until then; null when it is over. */
export function timeLeft( until: string, now: number ): string | null {
	const seconds = Math.ceil( ( Date.parse( until ) - now ) / 1000 );
	return seconds > 0
		? `${ Math.floor( seconds / 60 ) }:${ String( seconds % 60 ).padStart( 2, '0' ) }`
		: null;
}
