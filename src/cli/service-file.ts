/**
 * `service.json` in the data dir: how commands find the running service.
 */
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { utcSchema } from '../contracts/primitives.ts';
import { writeWhole } from './data-dir.ts';
import { errorCode } from './failure.ts';

const serviceFileSchema = z.object( {
	pid: z.int().positive(),
	url: z.url(),
	token: z.string().min( 1 ),
	startedAt: utcSchema,
} );
export type ServiceFile = z.infer< typeof serviceFileSchema >;

const pathOf = ( dataDir: string ): string => join( dataDir, 'service.json' );

export async function writeServiceFile(
	dataDir: string,
	service: ServiceFile
): Promise< void > {
	await writeWhole( pathOf( dataDir ), JSON.stringify( service ) );
}

/** Null when there is none, or none that can be read: then nobody can be reached by it. */
export async function readServiceFile(
	dataDir: string
): Promise< ServiceFile | null > {
	try {
		return serviceFileSchema.parse(
			JSON.parse( await readFile( pathOf( dataDir ), 'utf8' ) )
		);
	} catch {
		return null;
	}
}

/** Removed only by the service it names. */
export async function removeServiceFile(
	dataDir: string,
	pid: number
): Promise< void > {
	const found = await readServiceFile( dataDir );
	if ( found?.pid === pid ) {
		await unlink( pathOf( dataDir ) ).catch( () => undefined );
	}
}

export function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch ( error ) {
		// Another user's process is alive, too.
		return errorCode( error ) === 'EPERM';
	}
}
