import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { ApiError } from '../host.ts';
import { CommandButton } from './command-button.tsx';
import { ErrorNotice } from './notices.tsx';

/** Asks before something that cannot be taken back. Render it only while it is open. */
export function Confirm( {
	title,
	children,
	action,
	destructive = false,
	busy = false,
	disabled = false,
	error = null,
	onConfirm,
	onClose,
}: {
	readonly title: string;
	/** What will happen, in a sentence or two. */
	readonly children: ReactNode;
	/** What the button says: the deed, never "OK". */
	readonly action: string;
	readonly destructive?: boolean;
	readonly busy?: boolean;
	readonly disabled?: boolean;
	readonly error?: ApiError | null;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
} ) {
	return (
		<Modal
			className="pb-modal"
			title={ title }
			onRequestClose={ onClose }
			size="medium"
		>
			<ErrorNotice error={ error } />
			{ children }
			<div className="pb-modal__actions">
				<Button
					__next40pxDefaultSize
					variant="tertiary"
					onClick={ onClose }
				>
					{ __( 'Cancel', 'pearlbridge' ) }
				</Button>
				<CommandButton
					variant="primary"
					destructive={ destructive }
					busy={ busy }
					disabled={ disabled }
					onClick={ onConfirm }
				>
					{ action }
				</CommandButton>
			</div>
		</Modal>
	);
}
