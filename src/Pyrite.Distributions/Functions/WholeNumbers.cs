namespace Pyrite.Functions;

/// <summary>Whole numbers as reals.</summary>
internal static class WholeNumbers
{
    extension(Tensor x)
    {
        /// <summary>The largest whole number not above x, for x of 0 or more; gradient 0.</summary>
        public Tensor RoundDown() => x.IsWeak ? Math.Floor(x.WeakValue) : x.Detach().To(DType.Int64).To(x.DType.IsFloatingPoint ? x.DType : Precision.Default);
    }
}
