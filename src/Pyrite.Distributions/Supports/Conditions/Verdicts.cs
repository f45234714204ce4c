namespace Pyrite.Supports.Conditions;

/// <summary>Truth over an axis.</summary>
internal static class Verdicts
{
    extension(Tensor verdicts)
    {
        /// <summary>Whether each element is a whole number.</summary>
        public Tensor IsWhole() => Constraints.Integer.Check(verdicts);

        /// <summary>Whether all elements along the last axes are true.</summary>
        public Tensor AllOverLast(int axes = 1)
        {
            int[] last = new int[axes];
            double size = 1;
            for (int i = 0; i < axes; i++)
            {
                last[i] = verdicts.Rank - 1 - i;
                size *= verdicts.Shape[last[i]];
            }
            return axes == 0 ? verdicts : verdicts.Sum(last).EqualTo(size);
        }
    }

    /// <summary>Whether two tensors hold the same numbers; an integer and a real are compared in Float64, so that neither is rounded to the
    /// other.</summary>
    public static Tensor SameNumber(Tensor a, Tensor b)
    {
        bool isMixed = !a.IsWeak && !b.IsWeak && a.DType.IsFloatingPoint != b.DType.IsFloatingPoint;
        return isMixed ? a.To(DType.Float64).EqualTo(b.To(DType.Float64)) : a.EqualTo(b);
    }
}
