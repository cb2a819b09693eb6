/** What is wrong with a connection, said of the field a person types in. */
import { __ } from '@wordpress/i18n';
import { issueDetails } from '../../../../src/contracts/issues.ts';

export interface Fault {
	readonly path: string;
	readonly message: string;
}

/** The schema speaks of the file; here the same is said of the fields. */
export function faultsOf(
	...issues: Parameters< typeof issueDetails >
): Fault[] {
	return issueDetails( ...issues ).map( ( { path, message } ) => ( {
		path,
		message: faultWords( path, message ),
	} ) );
}

/** Also for what the service refuses. */
export function faultWords( path: string, message: string ): string {
	if ( message === 'is required' ) {
		return message;
	}
	switch ( path ) {
		case 'brightpearl.account':
			return __(
				'type the account code: letters, digits and the hyphen',
				'pearlbridge'
			);
		case 'brightpearl.installationInstanceId':
			return __( 'type digits only, such as 1234', 'pearlbridge' );
		case 'brightpearl.apiDomain':
			return message.includes( 'required' )
				? message
				: message.includes( 'loopback' )
					? __(
							'an address on this machine needs the tick at “This is a sandbox” below',
							'pearlbridge'
						)
					: __(
							'type a domain of Brightpearl, such as euw1.brightpearlconnect.com',
							'pearlbridge'
						);
		default:
			return message;
	}
}
