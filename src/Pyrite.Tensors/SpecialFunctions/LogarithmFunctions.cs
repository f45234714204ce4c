using Pyrite.Engine;
using Pyrite.SpecialFunctions;

namespace Pyrite;

/// <summary>Logarithms of probabilities that keep their digits.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class LogarithmFunctions
{
    extension(Tensor x)
    {
        /// <summary>log(1 - eˣ) for x of 0 or below; -∞ at 0.</summary>
        public Tensor Log1mExp() => Map<ScalarMap<Log1mExpFunction>>.Of(x);
    }

    private readonly struct Log1mExpFunction : IScalarFunction
    {
        public static string Name => "log1mexp";

        public static double Of(double x) => RealFunctions.Log1mExp(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy / (-x).Expm1();
    }
}
