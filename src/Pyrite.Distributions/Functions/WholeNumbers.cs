using Pyrite.Engine;
using Pyrite.Special;

namespace Pyrite.Functions;

/// <summary>Whole numbers as reals.</summary>
internal static class WholeNumbers
{
    extension(Tensor x)
    {
        /// <summary>The largest whole number not above x; gradient 0.</summary>
        public Tensor RoundDown() => Map<ScalarMap<FloorFunction>>.Of(x);
    }

    private readonly struct FloorFunction : IScalarFunction
    {
        public static string Name => "round down";

        public static double Of(double x) => Math.Floor(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
    }
}
