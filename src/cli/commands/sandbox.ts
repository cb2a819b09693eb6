import { z } from 'zod';
import { explainError, issueDetails } from '../../contracts/issues.ts';
import { invalid } from '../../contracts/operations.ts';
import type { Call, Command } from '../command.ts';
import { errorCode, refusal } from '../failure.ts';
import { untilStopped } from '../io.ts';
import { numericOrNull } from '../operation-command.ts';
import type { RunningSandbox, SandboxOptions } from '../sandbox-port.ts';

/** Where the sandboxes listen unless told otherwise. */
export const SANDBOX_PORTS = { brightpearl: 9700, shop: 9701 } as const;

const optionsSchema = z.object( {
	'--seed': z.int( 'must be a whole number' ).min( 0 ).nullable(),
	'--speed': z
		.number( 'must be a number from 1 to 10000' )
		.min( 1 )
		.max( 10000 )
		.nullable(),
} );

export const sandboxBrightpearl = sandboxCommand(
	'brightpearl',
	'A stand-in for Brightpearl, to try things without an account'
);
export const sandboxShop = sandboxCommand(
	'shop',
	'A stand-in for a WooCommerce shop'
);

function sandboxCommand(
	kind: keyof typeof SANDBOX_PORTS,
	summary: string
): Command {
	return {
		words: [ 'sandbox', kind ],
		summary,
		takes: '',
		arguments: { min: 0, max: 0 },
		flags: {
			seed: {
				type: 'string',
				value: 'N',
				help: 'the same seed makes the same data (1)',
			},
			speed: {
				type: 'string',
				value: 'N',
				help: '60 makes the throttle’s minute a second (1)',
			},
		},
		usesData: false,
		run: ( call ) => runSandbox( call, kind ),
	};
}

async function runSandbox(
	call: Call,
	kind: keyof typeof SANDBOX_PORTS
): Promise< number > {
	const { given, settings, io, output, parts } = call;
	const read = optionsSchema.safeParse(
		{
			'--seed': numericOrNull( given.text( 'seed' ) ),
			'--speed': numericOrNull( given.text( 'speed' ) ),
		},
		{ error: explainError }
	);
	if ( ! read.success ) {
		output.failure( invalid( 'invalid-flag', issueDetails( read.error ) ) );
		return 2;
	}
	const port = Number( given.text( 'port' ) ?? SANDBOX_PORTS[ kind ] );
	const options: SandboxOptions = {
		host: given.text( 'host' ) ?? '127.0.0.1',
		port,
		seed: read.data[ '--seed' ] ?? 1,
		speed: read.data[ '--speed' ] ?? 1,
		stateFile: null,
		clock: parts.clock,
		random: parts.random,
		logger: parts.createLogger( settings.log ),
	};
	let sandbox: RunningSandbox< object >;
	try {
		sandbox = await parts.sandboxes[ kind ]( options );
	} catch ( error ) {
		if ( errorCode( error ) !== 'EADDRINUSE' ) {
			throw error;
		}
		const taken = refusal( 'port-in-use', `Port ${ port } is in use.`, {
			fix: 'Give another one with --port, or 0 for any free one.',
		} );
		output.failure( taken.error );
		return taken.exit;
	}
	output.line(
		{ event: 'ready', url: sandbox.url, pid: io.pid, ...sandbox.ready },
		`The ${ kind } sandbox answers at ${ sandbox.url } (pid ${ io.pid }). Ctrl-C stops it.\n${ JSON.stringify(
			sandbox.ready,
			null,
			2
		) }`
	);
	await untilStopped( io.stop );
	await sandbox.close();
	return 0;
}
