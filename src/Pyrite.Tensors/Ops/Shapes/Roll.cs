namespace Pyrite;

/// <content>Elements moved on.</content>
public static partial class Repetition
{
    extension(Tensor x)
    {
        /// <summary>The elements of an axis moved on by some places; what leaves the end comes in at the front.</summary>
        public Tensor Roll(int shift, int axis)
        {
            int at = x.Shape.Axis(axis);
            int size = x.Shape[at];
            int cut = size == 0 ? 0 : (((-shift) % size) + size) % size;
            return cut == 0 ? x : Tensor.Concat([x.Slice(at, cut, size - cut), x.Slice(at, 0, cut)], at);
        }
    }
}
