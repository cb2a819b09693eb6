/**
 * The command: reads flags and environment, runs, prints, and says how it ended.
 */
import { parseArgs } from 'node:util';
import { preferredKind } from './api.ts';
import type { Target } from './api.ts';
import { collectCases } from './collect.ts';
import type { Collected } from './collect.ts';
import { credentialsFromEnvironment } from './credentials.ts';
import { whyNothingRuns } from './probe.ts';
import { summary, writeReport } from './report.ts';
import { runCases } from './run.ts';
import { startSandboxTarget } from './sandbox-target.ts';

const USAGE = `npm run conformance -- [--only SUBSTRING] [--json]
npm run conformance -- --base URL --account CODE [--write] [--only SUBSTRING] [--json]

Without --base the sandbox is started and every case runs. With it only cases that read run,
unless --write is given; --write on a host that is not this machine also needs
--yes-this-is-a-test-account, because it makes, and mostly leaves behind:
  contacts, companies and postal addresses; orders, sales credits and their notes, some of them
  closed and so invoiced; an order status; payments; sales invoices and credits (journals);
  products, bundles, brands and prices; stock corrections, reservations and goods-out notes, some
  of them shipped. Nothing that stood there before is changed. Webhooks are deleted again; they
  point at this machine and reach nobody.
On a sandbox its switches are changed and put back, its cap on requests is lifted meanwhile, and
its app has another refresh token afterwards.

Credentials come from the environment: BRIGHTPEARL_APP_REF with BRIGHTPEARL_ACCOUNT_TOKEN,
BRIGHTPEARL_STAFF_TOKEN or BRIGHTPEARL_ACCESS_TOKEN (and BRIGHTPEARL_DEV_REF).
`;

/** Said instead of a run: exit code 2. */
class Usage extends Error {}

function readFlags( args: readonly string[] ) {
	try {
		return parseArgs( {
			args: [ ...args ],
			strict: true,
			options: {
				base: { type: 'string' },
				account: { type: 'string' },
				only: { type: 'string' },
				write: { type: 'boolean', default: false },
				json: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
				'yes-this-is-a-test-account': {
					type: 'boolean',
					default: false,
				},
			},
		} ).values;
	} catch ( error ) {
		throw new Usage( error instanceof Error ? error.message : '' );
	}
}
type Flags = ReturnType< typeof readFlags >;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Whether the control API of the sandbox is there. */
async function isSandbox( baseUrl: string ): Promise< boolean > {
	try {
		const answer = await fetch( `${ baseUrl }/_sandbox/switches` );
		const body = ( await answer.json() ) as Record< string, unknown >;
		return answer.ok && typeof body.requestsPerMinute === 'number';
	} catch {
		return false;
	}
}

async function givenTarget(
	base: string,
	flags: Flags,
	env: NodeJS.ProcessEnv
): Promise< Target > {
	if ( ! URL.canParse( base ) ) {
		throw new Usage( `--base ${ base } is no address` );
	}
	const url = new URL( base );
	const near = LOOPBACK.test( url.hostname );
	if ( url.protocol !== 'https:' && ! near ) {
		throw new Usage(
			'--base must be https: credentials travel with every request'
		);
	}
	if ( ! flags.account ) {
		throw new Usage( '--account is missing' );
	}
	if ( flags.write && ! near && ! flags[ 'yes-this-is-a-test-account' ] ) {
		throw new Usage(
			'--write makes orders, contacts, payments, products, stock and more (see --help): on a test account give --yes-this-is-a-test-account too'
		);
	}
	const credentials = credentialsFromEnvironment( env );
	if ( preferredKind( credentials ) === null ) {
		throw new Usage(
			'No credentials: set BRIGHTPEARL_APP_REF and one of BRIGHTPEARL_ACCOUNT_TOKEN, BRIGHTPEARL_STAFF_TOKEN, BRIGHTPEARL_ACCESS_TOKEN'
		);
	}
	const baseUrl = `${ url.origin }${ url.pathname.replace( /\/+$/, '' ) }`;
	return {
		baseUrl,
		account: flags.account,
		credentials,
		sandbox: near && ( await isSandbox( baseUrl ) ),
	};
}

const chosen = (
	cases: readonly Collected[],
	only: string | undefined
): Collected[] =>
	cases.filter(
		( { file, entry } ) =>
			only === undefined ||
			entry.id.includes( only ) ||
			file.includes( only )
	);

/** Resolves with the exit code: 0 all well, 1 failures, 2 nothing was run. */
export async function conformance(
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	print: ( text: string ) => void
): Promise< 0 | 1 | 2 > {
	try {
		const flags = readFlags( args );
		if ( flags.help ) {
			print( USAGE );
			return 0;
		}
		const cases = chosen( await collectCases(), flags.only );
		if ( cases.length === 0 ) {
			throw new Usage( `No case is called like ${ flags.only ?? '' }` );
		}
		const own =
			flags.base === undefined ? await startSandboxTarget() : null;
		try {
			const target =
				own?.target ??
				( await givenTarget( flags.base ?? '', flags, env ) );
			const why = await whyNothingRuns( target, fetch );
			if ( why !== null ) {
				process.stderr.write( `${ why }\n` );
				return 2;
			}
			const results = await runCases( cases, {
				target,
				write: own !== null || flags.write,
				fetch,
				now: () => Date.now(),
				sleep: ( ms ) =>
					new Promise( ( resolve ) => setTimeout( resolve, ms ) ),
			} );
			print(
				flags.json
					? `${ JSON.stringify( { ...summary( results ), results } ) }\n`
					: writeReport( results )
			);
			return results.some( ( { outcome } ) => outcome === 'failed' )
				? 1
				: 0;
		} finally {
			await own?.close();
		}
	} catch ( error ) {
		if ( error instanceof Usage ) {
			process.stderr.write( `${ error.message }\n\n${ USAGE }` );
			return 2;
		}
		throw error;
	}
}
