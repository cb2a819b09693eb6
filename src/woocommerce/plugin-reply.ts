/**
 * What the answers of our plugin's routes mean. They are judged like the rest of the shop's; what
 * only the plugin refuses has words of its own.
 */
import type { z } from 'zod';
import type { ProblemDraft } from '../contracts/problem.ts';
import {
	fail,
	hold,
	ok,
	retry,
	type Failure,
	type Result,
} from '../contracts/result.ts';
import type { RefusedReply, Reply } from './classify.ts';

export type Method = 'GET' | 'POST';

/** Without the query. */
export function nameOf( route: string ): string {
	return route.split( '?', 1 )[ 0 ] ?? route;
}

export function readReply< T >(
	reply: Reply | null,
	method: Method,
	route: string,
	schema: z.ZodType< T >
): Result< T > {
	if ( reply === null ) {
		return hold( notPaired() );
	}
	if ( ! reply.ok ) {
		return refusalOf( reply, method );
	}
	const read = schema.safeParse( reply.body );
	return read.success
		? ok( read.data )
		: retry(
				'store',
				'outage',
				`The plugin's answer to ${ nameOf( route ) } cannot be read.`,
				{ outcomeUnknown: method === 'POST' }
			);
}

/**
 * What the plugin refuses before it does anything was not done, whatever its status; and what it
 * has seen before was sent by something between us, which may have got it done.
 */
function refusalOf(
	reply: RefusedReply,
	method: Method
): { ok: false; failure: Failure } {
	const { failure, code, status } = reply;
	if ( code === 'replayed' && status === 409 ) {
		return retry(
			'store',
			'outage',
			'The plugin has seen this request before: a proxy has repeated it.',
			{ outcomeUnknown: method === 'POST' }
		);
	}
	if ( failure.kind === 'retry' ) {
		return fail(
			code === 'unavailable' && status === 503
				? { ...failure, outcomeUnknown: false }
				: failure
		);
	}
	return hold( refused( reply, failure.problem ) );
}

/** WordPress itself says so: a page that is not found may come from anything in front of it. */
export function isNoRoute( { status, code }: RefusedReply ): boolean {
	return status === 404 && code === 'rest_no_route';
}

function notPaired(): ProblemDraft {
	return {
		code: 'plugin-unreachable',
		message: 'This connection is not paired with a plugin.',
		cause: null,
		fix: 'Pair it under WooCommerce → Pearlbridge.',
		field: null,
	};
}

/** The keys of WooCommerce's API have nothing to do with it: other words than for them. */
function refused(
	{ status, code }: { status: number | null; code: string | null },
	problem: ProblemDraft
): ProblemDraft {
	const draft = ( message: string, cause: string, fix: string ) => ( {
		code: 'plugin-unreachable' as const,
		message,
		cause,
		fix,
		field: null,
	} );
	if ( status === 404 ) {
		return draft(
			'The shop answers, but its Pearlbridge plugin does not.',
			'The plugin is switched off or was removed, or the permalinks are set to "Plain".',
			'Activate Pearlbridge in the shop under Plugins. Until then the shop is looked through at intervals.'
		);
	}
	if ( code === 'clock-skew' ) {
		return draft(
			'The clocks of the shop and the sidecar differ by more than five minutes.',
			'One of the two machines does not keep its clock in step.',
			'Switch on time synchronisation (NTP) on this machine, or ask the host of the shop to.'
		);
	}
	if ( code === 'site-moved' ) {
		return draft(
			'The address of the shop has changed, and its plugin waits for a person to say whether it is still the same shop.',
			'The site was moved or copied.',
			'Answer the question under WooCommerce → Pearlbridge in wp-admin.'
		);
	}
	if ( status === 401 ) {
		return draft(
			'The plugin does not know the sidecar any more.',
			'Somebody has forgotten the pairing there, or the shop was restored from a backup.',
			'Pair the shop again under WooCommerce → Pearlbridge.'
		);
	}
	return {
		...problem,
		code: 'plugin-unreachable',
		message: `The plugin in the shop cannot be asked: ${ problem.message }`,
		fix:
			problem.fix
				?.replace( '/wp-json/wc/', '/wp-json/pearlbridge/' )
				.replace( '/wc/v3', '/pearlbridge/v1' ) ?? null,
		field: null,
	};
}
