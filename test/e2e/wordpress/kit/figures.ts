/** What was measured on the way; told when the tests are over, and never judged by itself. */
export function figure( what: string, values: readonly number[] ): void {
	const sorted = [ ...values ].sort( ( a, b ) => a - b );
	const middle = sorted[ Math.floor( sorted.length / 2 ) ] ?? 0;
	const text =
		values.length === 1
			? `${ Math.round( middle ) }`
			: `median ${ Math.round( middle ) }, most ${ Math.round( sorted.at( -1 ) ?? 0 ) } of ${ values.length }`;
	process.stderr.write( `measured: ${ what }: ${ text }\n` );
}
