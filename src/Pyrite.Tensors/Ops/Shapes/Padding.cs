namespace Pyrite;

/// <summary>Longer or shorter axes.</summary>
public static class Padding
{
    extension(Tensor x)
    {
        /// <summary>An axis made longer, or shorter by negative amounts.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="before">Elements added in front; negative ones are cut off.</param>
        /// <param name="after">Elements added at the end; negative ones are cut off.</param>
        /// <param name="value">The number that is added in <see cref="PaddingMode.Constant"/>.</param>
        /// <param name="mode">What is added.</param>
        /// <exception cref="ArgumentException">The axis is too short for the mode or for what is cut off.</exception>
        public Tensor Pad(int axis, int before, int after, double value = 0, PaddingMode mode = PaddingMode.Constant)
        {
            int at = x.Shape.Axis(axis);
            int size = x.Shape[at];
            int length = size + before + after;
            int limit = mode switch
            {
                PaddingMode.Reflect => size - 1,
                PaddingMode.Circular => size,
                PaddingMode.Replicate => size == 0 ? 0 : int.MaxValue,
                _ => int.MaxValue,
            };
            if (length < 0 || Math.Max(before, after) > limit || -Math.Min(before, after) > size)
            {
                throw new ArgumentException(
                    $"pad: axis {axis} of shape {x.Shape} cannot be padded by {before} in front and {after} at the end in mode {mode}; in this mode "
                        + $"at most {limit} are possible.");
            }
            if (mode == PaddingMode.Constant)
            {
                Tensor inside = before < 0 || after < 0 ? x.Slice(at, Math.Max(0, -before), size + Math.Min(0, before) + Math.Min(0, after)) : x;
                Tensor front = Tensor.Full(x.Shape.Replace(at, Math.Max(0, before)), value, x.DType);
                Tensor end = Tensor.Full(x.Shape.Replace(at, Math.Max(0, after)), value, x.DType);
                return Tensor.Concat([front, inside, end], at);
            }
            long[] positions = new long[length];
            for (int i = 0; i < length; i++)
            {
                int position = i - before;
                positions[i] = mode switch
                {
                    PaddingMode.Replicate => Math.Clamp(position, 0, size - 1),
                    PaddingMode.Circular => (position + size) % size,
                    _ => position < 0 ? -position : position >= size ? (2 * (size - 1)) - position : position,
                };
            }
            return x.Take(Tensor.From(positions), at);
        }
    }
}
