/**
 * `npm run conformance`: plain enough for any Node; the rest needs one that strips types.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough, NEEDED } from '../../bin/find-node.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );

if ( isNewEnough( process.versions.node ) ) {
	const { conformance } = await import( './cli.ts' );
	process.exitCode = await conformance(
		process.argv.slice( 2 ),
		process.env,
		( text ) => process.stdout.write( text )
	);
} else {
	const node = findNode( ROOT );
	if ( node === null ) {
		process.stderr.write( `Node ${ NEEDED } or newer is needed.\n` );
		process.exitCode = 2;
	} else {
		const { status } = spawnSync(
			node,
			[ fileURLToPath( import.meta.url ), ...process.argv.slice( 2 ) ],
			{ stdio: 'inherit' }
		);
		process.exitCode = status ?? 1;
	}
}
