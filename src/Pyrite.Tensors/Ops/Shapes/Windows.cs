namespace Pyrite;

/// <content>Windows of an axis.</content>
public static partial class Repetition
{
    extension(Tensor x)
    {
        /// <summary>All windows of an axis, moved by a step; the window becomes a new last axis.</summary>
        /// <exception cref="ArgumentException">The axis is shorter than a window.</exception>
        public Tensor Windows(int axis, int size, int step = 1)
        {
            int at = x.Shape.Axis(axis);
            if (size < 1 || step < 1 || size > x.Shape[at])
            {
                throw new ArgumentException($"windows: a window of {size} moved by {step} does not fit axis {axis} of shape {x.Shape}.");
            }
            int count = ((x.Shape[at] - size) / step) + 1;
            long[] positions = new long[count * size];
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] = ((i / size) * step) + (i % size);
            }
            return x.Take(Tensor.From<long>(positions, [count, size]), at).MoveAxis(at + 1, -1);
        }
    }
}
