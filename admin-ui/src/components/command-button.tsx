import { Button } from '@wordpress/components';
import type { ReactNode } from 'react';

/**
 * A button that begins something. While it is busy it keeps focus and ignores clicks: a disabled
 * one would drop the focus to the top of the page.
 */
export function CommandButton( {
	children,
	onClick,
	busy = false,
	disabled = false,
	variant = 'secondary',
	destructive = false,
	size = 'default',
	describedBy,
	label,
	type = 'button',
}: {
	readonly children: ReactNode;
	/** Left out for `type="submit"`. */
	readonly onClick?: () => void;
	readonly busy?: boolean;
	/** Not now; say why nearby (`describedBy`). */
	readonly disabled?: boolean;
	readonly variant?: 'primary' | 'secondary' | 'tertiary' | 'link';
	readonly destructive?: boolean;
	readonly size?: 'default' | 'compact' | 'small';
	readonly describedBy?: string;
	/** The accessible name, where the text alone says too little ("Retry"). */
	readonly label?: string;
	readonly type?: 'button' | 'submit';
} ) {
	const off = busy || disabled;
	return (
		<Button
			__next40pxDefaultSize={ size === 'default' }
			className="pb-command"
			type={ type }
			variant={ variant }
			size={ size }
			isDestructive={ destructive }
			isBusy={ busy }
			aria-busy={ busy }
			aria-disabled={ off }
			aria-describedby={ describedBy }
			aria-label={ label }
			onClick={ ( event: { preventDefault(): void } ) => {
				if ( off ) {
					event.preventDefault();
				} else {
					onClick?.();
				}
			} }
		>
			{ children }
		</Button>
	);
}
