/** A file of settings, as far as a person is told of it before it is imported. */
import { isTree } from '../../../../src/contracts/json.ts';
import { own } from './tree.ts';

export interface SettingsFile {
	readonly name: string;
	/** As the service reads it, which knows every fault. */
	readonly document: unknown;
	readonly connection: string | null;
	readonly exportedAt: string | null;
}

/** Null = not even of the kind. */
export function readSettingsFile(
	name: string,
	text: string
): SettingsFile | null {
	let document: unknown;
	try {
		document = JSON.parse( text.replace( /^\uFEFF/, '' ) );
	} catch {
		return null;
	}
	if (
		! isTree( document ) ||
		own( document, 'format' ) !== 'pearlbridge-settings'
	) {
		return null;
	}
	const connection = own( document, 'connection' );
	const exportedAt = own( document, 'exportedAt' );
	return {
		name,
		document,
		connection: typeof connection === 'string' ? connection : null,
		exportedAt:
			typeof exportedAt === 'string' &&
			! Number.isNaN( Date.parse( exportedAt ) )
				? exportedAt
				: null,
	};
}
