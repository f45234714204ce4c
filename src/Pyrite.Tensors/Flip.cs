using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <content>Axes in reverse order.</content>
public static partial class Transposition
{
    extension(Tensor x)
    {
        /// <summary>One axis in reverse order.</summary>
        public Tensor Flip(int axis)
        {
            AxisWalk[] walks = Identity(x.Shape);
            int index = x.Shape.Axis(axis);
            walks[index] = new AxisWalk(index, x.Shape[index] - 1, -1, x.Shape[index]);
            return StridedCopyOperation.Of("flip", x, walks);
        }
    }
}
