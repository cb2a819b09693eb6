/**
 * connection authorize: prints the address of Brightpearl's consent page and waits for what
 * becomes of it; with `--code` it finishes where no callback can come.
 */
import type { Consent, ConsentState } from '../../contracts/answers.ts';
import {
	isErrorAnswer,
	type OperationName,
	type OperationOutput,
} from '../../contracts/operations.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Call, Command } from '../command.ts';
import { connectionName } from '../connection-name.ts';
import { failure, type CliFailure } from '../failure.ts';
import { interruptedExit } from '../io.ts';
import { operate } from '../operate.ts';
import { connectionText } from '../texts/connection.ts';

/** Between two looks while no service runs; each opens the database for a moment. */
const LOOK_AGAIN = SECOND;
/** An answer is waited for no longer at a time, so that a service that starts meanwhile is found. */
const SLICE = 20 * SECOND;

export const connectionAuthorize: Command = {
	words: [ 'connection', 'authorize' ],
	summary: 'Get the consent of a Brightpearl account, for OAuth',
	takes: '[NAME] [--code CODE]',
	arguments: { min: 0, max: 1 },
	flags: {
		code: {
			type: 'string',
			value: 'CODE',
			help: 'finish with the code, or the whole address the browser was sent back to',
		},
	},
	usesData: true,
	async run( call ) {
		const named = connectionName( call );
		if ( 'ok' in named ) {
			return told( call, named );
		}
		const code = call.given.text( 'code' );
		return code === null
			? authorize( call, named )
			: told(
					call,
					await ask( call, 'connectionAuthorize', {
						...named,
						code,
					} )
				);
	},
};

type Name = Record< string, unknown >;
type Asked< T > = { readonly ok: true; readonly value: T } | CliFailure;

async function authorize( call: Call, name: Name ): Promise< number > {
	const { output, parts, settings } = call;
	const deadline = parts.clock.now() + settings.timeout;
	const begun = await ask( call, 'connectionConsent', name );
	if ( ! begun.ok ) {
		return told( call, begun );
	}
	const { url, state, redirectUri } = begun.value;
	output.line( { url, state, redirectUri }, beginText( begun.value ) );
	const over = await waitFor( call, { ...name, state }, deadline );
	return told(
		call,
		over.ok ? await ask( call, 'connectionShow', name ) : over
	);
}

async function waitFor(
	call: Call,
	input: Name,
	deadline: number
): Promise< Asked< null > > {
	const { clock } = call.parts;
	for (;;) {
		const asked = clock.now();
		const seen = await ask(
			call,
			'connectionConsentState',
			{ ...input, wait: true },
			Math.max( 1, Math.min( SLICE, deadline - asked ) )
		);
		if ( ! seen.ok ) {
			return seen;
		}
		if ( seen.value.state !== 'waiting' ) {
			return resultOf( seen.value );
		}
		if ( clock.now() >= deadline ) {
			return failure(
				7,
				'timeout',
				'Time ran out before the consent came; it is still taken while the address is good.',
				{
					fix: 'Go on in the browser, then look with pearlbridge connection show; or give more time with --timeout.',
				}
			);
		}
		// A service has waited already; where none runs the answer came at once.
		await clock.sleep(
			Math.max(
				0,
				Math.min( asked + LOOK_AGAIN, deadline ) - clock.now()
			),
			call.io.stop
		);
		if ( call.io.stop.aborted ) {
			return failure(
				interruptedExit( call.io.stop.reason ),
				'interrupted',
				'Interrupted; the consent is still taken while the address is good.'
			);
		}
	}
}

function resultOf( {
	state,
	exit,
	failure: why,
}: ConsentState ): Asked< null > {
	if ( state === 'done' ) {
		return { ok: true, value: null };
	}
	return state === 'failed' && why !== null
		? { ok: false, exit, error: why }
		: failure(
				7,
				'consent-expired',
				'Nobody has consented within 15 minutes: the address has run out.',
				{ fix: 'Begin again when somebody is there to consent.' }
			);
}

/** One operation, its failures as the command line tells them. */
async function ask< N extends OperationName >(
	call: Call,
	operation: N,
	input: Name,
	timeout = call.settings.timeout
): Promise< Asked< OperationOutput< N > > > {
	const operated = await operate(
		{ ...call, settings: { ...call.settings, timeout } },
		operation,
		input
	);
	if ( ! operated.ok ) {
		return operated;
	}
	return isErrorAnswer( operated.body )
		? { ok: false, exit: operated.exit, error: operated.body.error }
		: { ok: true, value: operated.body as OperationOutput< N > };
}

function told(
	{ output }: Call,
	asked: Asked< OperationOutput< 'connectionShow' > >
): number {
	if ( ! asked.ok ) {
		output.failure( asked.error );
		return asked.exit;
	}
	output.document(
		asked.value,
		`Brightpearl has given its consent.\n\n${ connectionText( asked.value ) }`
	);
	return 0;
}

function beginText( {
	connection,
	url,
	redirectUri,
	callback,
}: Consent ): string {
	return [
		'Open this address in a browser, signed in to Brightpearl as somebody who may allow apps:',
		'',
		`  ${ url }`,
		'',
		`The app must be registered there with the return address ${ redirectUri }`,
		callback
			? 'Waiting for the consent …'
			: `No service runs that could take what comes back. When the browser ends on a page that does not load, give its whole address, in quotes, to: pearlbridge connection authorize ${ connection } --code 'ADDRESS'`,
	].join( '\n' );
}
