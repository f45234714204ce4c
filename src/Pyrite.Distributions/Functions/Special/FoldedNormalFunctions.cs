namespace Pyrite.Functions.Special;

/// <summary>The mode of |Z + m| for a standard Gaussian Z.</summary>
internal static class FoldedNormalFunctions
{
    extension(Tensor m)
    {
        /// <summary>The greatest root of x = |m| tanh(|m| x); 0 for |m| up to 1, where the density only falls.</summary>
        public Tensor FoldedNormalMode() => ScalarFunctions.Of<ModeFunction>(m);
    }

    private readonly struct ModeFunction : IScalarFunction
    {
        public static string Name => "folded normal mode";

        /// <summary>Newton's method from the right end, where the excess x - |m| tanh(|m| x) is convex and positive.</summary>
        public static double Of(double x)
        {
            double size = Math.Abs(x);
            if (!(size > 1))
            {
                return double.IsNaN(size) ? size : 0;
            }
            double root = size;
            for (int step = 0; step < 100; step++)
            {
                double tangent = Math.Tanh(size * root);
                double change = (root - (size * tangent)) / (1 - (size * size * (1 - (tangent * tangent))));
                root -= change;
                if (Math.Abs(change) <= 1e-16 * root)
                {
                    break;
                }
            }
            return root;
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy)
        {
            Tensor isInner = x.Abs() > 1;
            Tensor size = Tensor.Where(isInner, x.Abs(), 2);
            Tensor rest = 1 - (size * y).Tanh().Square();
            Tensor slope = ((size * y).Tanh() + (size * y * rest)) / (1 - (size.Square() * rest));
            return dy * Tensor.Where(isInner, x.Sign() * slope, 0);
        }
    }
}
