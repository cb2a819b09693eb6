/**
 * The console's own files, which the build leaves in `console/` beside the program: `index.html`
 * and `assets/*`, whose names carry a hash of what is in them. Read once at start: a new build
 * under a running service would mix old code with new.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer } from '../error-answer.ts';

interface ConsoleFile {
	readonly type: string;
	readonly etag: string;
	readonly body: Buffer;
	/** Null where it would not be smaller. */
	readonly gzipped: Promise< Buffer | null >;
	/** Its name changes with what is in it. */
	readonly isImmutable: boolean;
}

/** By address, `/` among them; null = the console was not built. */
export type ConsoleFiles = ReadonlyMap< string, ConsoleFile > | null;

const TYPES: Readonly< Record< string, string > > = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
};
const COMPRESSED = [ '.png', '.woff2' ];
/** As esbuild names what it hashes. */
const HASHED = /-[A-Z0-9]{8}\.[a-z0-9.]+$/;

/**
 * Our script and nothing else. Styles may stand in the page because the components of WordPress
 * put theirs there; images as data because their icons are.
 */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"font-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
].join( '; ' );

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pearlbridge</title>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 10vh auto; padding: 0 1em">
<h1>The console is not built</h1>
<p>The service runs, and takes and moves orders. Only these screens are missing: build them with
<code>npm run build</code>, then start the service again.</p>
</body>
</html>
`;

export async function readConsoleFiles( dir: string ): Promise< ConsoleFiles > {
	const index = await readFile( join( dir, 'index.html' ) ).catch(
		() => null
	);
	if ( index === null ) {
		return null;
	}
	const found = await readdir( join( dir, 'assets' ), {
		recursive: true,
		withFileTypes: true,
	} ).catch( () => [] );
	const files = new Map( [ [ '/', toFile( 'index.html', index ) ] ] );
	for ( const entry of found.filter( ( one ) => one.isFile() ) ) {
		const path = join( entry.parentPath, entry.name );
		const name = path
			.slice( dir.length )
			.replaceAll( '\\', '/' )
			.replace( /^\/*/, '/' );
		files.set(
			posix.normalize( name ),
			toFile( name, await readFile( path ) )
		);
	}
	return files;
}

export function staticRoutes(
	app: FastifyInstance,
	{ files }: { readonly files: ConsoleFiles }
): void {
	const answer = async (
		request: FastifyRequest,
		reply: FastifyReply
	): Promise< FastifyReply > => {
		const [ path = '/' ] = request.url.split( '?', 1 );
		const file = files?.get( path );
		if ( file !== undefined ) {
			return sendFile( request, reply, file );
		}
		return path === '/'
			? secured( reply )
					.code( 503 )
					.type( 'text/html; charset=utf-8' )
					.send( NOT_BUILT )
			: reply
					.code( 404 )
					.send(
						errorAnswer( 'not-found', 'There is nothing here.' )
					);
	};
	app.get( '/', answer );
	app.get( '/assets/*', answer );
}

async function sendFile(
	{ headers }: FastifyRequest,
	reply: FastifyReply,
	file: ConsoleFile
): Promise< FastifyReply > {
	void secured( reply ).headers( {
		etag: file.etag,
		vary: 'accept-encoding',
		'cache-control': file.isImmutable
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
	} );
	const known = String( headers[ 'if-none-match' ] ?? '' ).split( /\s*,\s*/ );
	if ( known.includes( file.etag ) ) {
		return reply.code( 304 ).send();
	}
	void reply.type( file.type );
	const gzipped = takesGzip( headers[ 'accept-encoding' ] )
		? await file.gzipped
		: null;
	return gzipped === null
		? reply.send( file.body )
		: reply.header( 'content-encoding', 'gzip' ).send( gzipped );
}

/**
 * The page's own addresses may be told to itself: with `no-referrer` browsers would send some of
 * its requests as from nowhere, and they would be refused as foreign.
 */
function secured( reply: FastifyReply ): FastifyReply {
	return reply.headers( {
		'content-security-policy': CONTENT_SECURITY_POLICY,
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
	} );
}

function toFile( name: string, body: Buffer ): ConsoleFile {
	const extension = extname( name );
	return {
		type: TYPES[ extension ] ?? 'application/octet-stream',
		// Weak: it stands for both the plain and the compressed form.
		etag: `W/"${ createHash( 'sha256' ).update( body ).digest( 'base64url' ).slice( 0, 22 ) }"`,
		body,
		gzipped: COMPRESSED.includes( extension )
			? Promise.resolve( null )
			: compress( body ),
		isImmutable: HASHED.test( name ),
	};
}

async function compress( body: Buffer ): Promise< Buffer | null > {
	const small = await promisify( gzip )( body, { level: 9 } );
	return small.length < body.length ? small : null;
}

/** `gzip`, unless it is said to be unwanted (`q=0`). */
function takesGzip( accepted: string | string[] | undefined ): boolean {
	return String( accepted ?? '' )
		.split( ',' )
		.some( ( coding ) =>
			/^\s*gzip\s*(;(?!\s*q=0(\.0*)?\s*$)|$)/i.test( coding )
		);
}
