namespace Pyrite.Functions.Quantiles;

/// <summary>Ends of intervals, of which some may be infinite.</summary>
internal static class IntervalEnds
{
    extension(Tensor end)
    {
        /// <summary>(end - loc) / scale; an infinite end stays what it is and has no slope in the scale.</summary>
        public Tensor Standardized(Tensor loc, Tensor scale) =>
            end.IsWeak && double.IsInfinity(end.Item()) ? end : ScalarFunctions.Of<Ratio>(end - loc, scale);
    }

    /// <summary>A function of its own, because a choice between a finite and an infinite end is not compiled where it stands between single
    /// numbers.</summary>
    private readonly struct Ratio : IScalarFunction2
    {
        public static string Name => "distance of an end in scales";

        public static double Of(double a, double b) => a / b;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            input == 0 ? dy / b : dy * ScalarFunctions.Of<Slope>(a, b);
    }

    /// <summary>What the scale changes in the distance: nothing where it is infinite.</summary>
    private readonly struct Slope : IScalarFunction2
    {
        public static string Name => "slope of the distance of an end";

        public static double Of(double a, double b) => double.IsInfinity(a) ? 0 : -a / (b * b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor isFinite = a.Detach().IsFinite();
            return dy * (input == 0 ? Tensor.Where(isFinite, -1 / b.Square(), 0) : -2 * y / b);
        }
    }
}
