namespace Pyrite.Functions.Preimages;

/// <summary>Numbers of Float32 brought to Float64, in which densities are computed whose terms are far larger than their sum.</summary>
internal static class WidePrecision
{
    extension(Tensor x)
    {
        /// <summary>The tensor in Float64 if it is of Float32; plain numbers and whole numbers stay what they are.</summary>
        /// <remarks>The image of a transform becomes the image of the widened argument, which has more digits, and slopes that Float32 has no room
        /// for.</remarks>
        public Tensor Widened
        {
            get
            {
                if (!x.IsNarrow)
                {
                    return x;
                }
                if (x.Preimage is { } origin)
                {
                    x.IsLookedThrough |= x.RequiresGradient;
                    return origin.Map.Forward(origin.X.Widened);
                }
                Tensor wide = x.To(DType.Float64);
                wide.Origin = new Widening(x);
                return wide;
            }
        }

        /// <summary>A plain number in the type of what it is put beside, since two plain numbers alone would take the default precision.</summary>
        public Tensor Like(Tensor other) => x.IsWeak && !other.IsWeak && other.DType.IsFloatingPoint ? x.To(other.DType) : x;

        /// <summary>Whether elements are of Float32; plain numbers take the type of what they meet.</summary>
        public bool IsNarrow => x.DType == DType.Float32 && !x.IsWeak;
    }
}
