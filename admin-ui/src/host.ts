/**
 * The port between the console and where it runs: inside wp-admin, or at the sidecar's own
 * address. Screens know only this; which host it is matters for what is shown (one connection
 * or several), never for how something is asked.
 */
import type { ErrorBody } from '../../src/contracts/answers.ts';
import type { ConsoleOperationName } from '../../src/contracts/console.ts';
import type { FlowEvent } from '../../src/contracts/events.ts';

export type HostKind = 'wp' | 'sidecar';

/** An expected failure, in the words of the command line's contract. */
export interface ApiError extends ErrorBody {
	/** The exit code the operation answered; null = nothing was answered, or not by the sidecar. */
	readonly exit: number | null;
	/** The call may have been carried out all the same: its answer was lost. */
	readonly unknown: boolean;
}

/** What a host brings back: what the operation said, not yet read with its schema. */
export type HostAnswer =
	| { readonly ok: true; readonly exit: number; readonly body: unknown }
	| { readonly ok: false; readonly error: ApiError };

export interface HostRequest {
	/** Same key again = the same click; null for reads. */
	readonly idempotencyKey: string | null;
	/** Milliseconds the operation may wait; the host has a default for reads and for commands. */
	readonly timeout: number | null;
	readonly signal: AbortSignal | null;
}

/** How the stream of events stands. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

export interface LivePage {
	readonly items: readonly FlowEvent[];
	/** Something may have been missed: read everything anew. */
	readonly reset: boolean;
}

export type SignedIn =
	| { readonly state: 'checking' }
	| { readonly state: 'in'; readonly version: string }
	| { readonly state: 'out'; readonly why: SignedOutReason };

/** `none`: never signed in; `used`: the link was used or has run out. */
export type SignedOutReason =
	'none' | 'expired' | 'used' | 'unreachable' | 'signed-out';

/** The person's session, in the sidecar's own host only. */
export interface SessionPort {
	get(): SignedIn;
	subscribe( listener: () => void ): () => void;
	/** With a one-time link, or the token in it. */
	signIn( link: string ): Promise< void >;
	/** False when the service did not hear it: the session lives on. */
	signOut(): Promise< boolean >;
	/** Looks again whether there is a session. */
	check(): Promise< void >;
}

/** The plugin's own routes below `pearlbridge/v1/`, in wp-admin only. Read the value with zod. */
export interface PluginPort {
	/** `paired`, `unpaired` or `moved`, when the page was made. */
	readonly state: string;
	readonly adminUrl: string;
	call(
		method: 'GET' | 'POST',
		path: string,
		data?: Readonly< Record< string, unknown > >
	): Promise<
		| { readonly ok: true; readonly value: unknown }
		| { readonly ok: false; readonly error: ApiError }
	>;
}

export interface Host {
	readonly kind: HostKind;
	/** The one connection that is shown, or null where a person may see several. */
	readonly connection: string | null;
	request(
		name: ConsoleOperationName,
		input: unknown,
		request: HostRequest
	): Promise< HostAnswer >;
	/** Begins to follow what happens; the function it returns ends it. */
	events(
		onPage: ( page: LivePage ) => void,
		onState: ( state: LiveState ) => void
	): () => void;
	readonly session: SessionPort | null;
	readonly plugin: PluginPort | null;
}
