using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <content>Shapes that stretch.</content>
public static partial class Transposition
{
    extension(Tensor x)
    {
        /// <summary>Repeats axes of size 1, and adds axes in front, up to a larger shape.</summary>
        /// <exception cref="ArgumentException">The shape does not broadcast to the given one.</exception>
        public Tensor BroadcastTo(Shape shape)
        {
            if (x.Shape == shape)
            {
                return x;
            }
            if (x.IsWeak)
            {
                return Tensor.Full(shape, x.WeakValue);
            }
            if (Shape.TryBroadcast(x.Shape, shape) != shape)
            {
                throw new ArgumentException(
                    $"broadcast: shape {x.Shape} does not stretch to {shape}: aligned at the last axis, sizes must be equal or 1.", nameof(shape));
            }
            return StridedCopyOperation.Of("broadcast", x, AxisWalks.Broadcast(x.Shape, shape));
        }
    }
}
