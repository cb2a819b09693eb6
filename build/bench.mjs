/** Prints the benchmark table. Figures are for reading: nothing fails on them. */
import { setUp } from './setup.mjs';

setUp( { mode: 'start' } );
const suites = {
	service: ( await import( '../test/bench/service.mjs' ) ).service,
	webhooks: ( await import( '../test/bench/webhooks.mjs' ) ).webhooks,
	'console-list': ( await import( '../test/bench/console-list.mjs' ) )
		.consoleList,
	'console-paint': ( await import( '../test/bench/console-paint.mjs' ) )
		.consolePaint,
	demo: ( await import( '../test/bench/demo.mjs' ) ).demo,
	backlog: ( await import( '../test/bench/backlog.mjs' ) ).backlog,
	nudge: ( await import( '../test/bench/nudge.mjs' ) ).nudge,
};
const asked = process.argv.slice( 2 );
const rows = [];
for ( const [ name, run ] of Object.entries( suites ) ) {
	if ( asked.length === 0 || asked.includes( name ) ) {
		process.stderr.write( `${ name } …\n` );
		rows.push( ...( await run() ) );
	}
}
const width = Math.max( ...rows.map( ( [ what ] ) => what.length ) );
process.stdout.write(
	`| ${ 'what'.padEnd( width ) } | measured | bar |\n|${ '-'.repeat( width + 2 ) }|---|---|\n`
);
for ( const [ what, measured, bar ] of rows ) {
	process.stdout.write(
		`| ${ what.padEnd( width ) } | ${ measured } | ${ bar } |\n`
	);
}
