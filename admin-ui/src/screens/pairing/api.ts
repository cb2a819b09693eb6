/** The plugin's own routes about the pairing; each answers how the pairing stands then. */
import { z } from 'zod';
import { utcSchema } from '../../../../src/contracts/primitives.ts';
import { strangeAnswer } from '../../api/errors.ts';
import type { ApiError, PluginPort } from '../../host.ts';

const when = utcSchema.nullable();

export const pairingViewSchema = z.object( {
	state: z.enum( [ 'unpaired', 'paired', 'moved' ] ),
	sidecarUrl: z.string().nullable(),
	connection: z.string().nullable(),
	sidecarId: z.string().nullable(),
	keyId: z.string().nullable(),
	keyCreatedAt: when,
	lastUsedAt: when,
	since: when,
	siteId: z.string().nullable(),
	/** `PEARLBRIDGE_SECRET` in wp-config.php wins: it cannot be rotated here. */
	secretFromConfig: z.boolean(),
	https: z.boolean(),
	canAuthorize: z.boolean(),
	keys: z.object( {
		state: z.enum( [ 'none', 'own', 'wc-auth', 'pasted' ] ),
		keyId: z.int().nullable(),
	} ),
	webhooks: z.array(
		z.object( {
			id: z.int().nullable(),
			topic: z.string(),
			status: z.string(),
			failures: z.int(),
		} )
	),
	outbox: z.object( { waiting: z.int(), oldestAt: when } ),
	nudge: z.object( { pausedUntil: when } ),
} );
export type PairingView = z.infer< typeof pairingViewSchema >;

export type PairingAnswer =
	| { readonly ok: true; readonly view: PairingView }
	| { readonly ok: false; readonly error: ApiError };

/** What can be asked for; the paths stand here and nowhere else. */
export type PairingCall =
	| { readonly path: 'pairing' }
	| {
			readonly path: 'pairing';
			readonly data: {
				readonly url: string;
				readonly code: string;
				readonly confirmHttp: boolean;
			};
	  }
	| {
			readonly path:
				| 'pairing/forget'
				| 'pairing/rotate'
				| 'pairing/ping'
				| 'keys/own'
				| 'webhooks/repair';
			readonly data: Readonly< Record< string, never > >;
	  }
	| {
			readonly path: 'pairing/moved';
			readonly data: { readonly choice: 'moved' | 'copy' };
	  }
	| {
			readonly path: 'keys/paste';
			readonly data: {
				readonly consumerKey: string;
				readonly consumerSecret: string;
			};
	  };

export async function callPairing(
	plugin: Pick< PluginPort, 'call' >,
	request: PairingCall
): Promise< PairingAnswer > {
	const answer =
		'data' in request
			? await plugin.call( 'POST', request.path, request.data )
			: await plugin.call( 'GET', request.path );
	if ( ! answer.ok ) {
		return answer;
	}
	const read = pairingViewSchema.safeParse( answer.value );
	return read.success
		? { ok: true, view: read.data }
		: { ok: false, error: strangeAnswer() };
}

const authorizationSchema = z.object( { url: z.string() } );

/** Where WooCommerce asks whether the sidecar may have a key: an address of this shop. */
export async function beginAuthorization(
	plugin: Pick< PluginPort, 'call' >
): Promise<
	| { readonly ok: true; readonly url: string }
	| { readonly ok: false; readonly error: ApiError }
> {
	const answer = await plugin.call( 'POST', 'keys/authorize', {} );
	if ( ! answer.ok ) {
		return answer;
	}
	const read = authorizationSchema.safeParse( answer.value );
	return read.success && /^https?:\/\//.test( read.data.url )
		? { ok: true, url: read.data.url }
		: { ok: false, error: strangeAnswer() };
}
