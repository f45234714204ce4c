using Pyrite.Engine;
using Pyrite.Kernels;
using Pyrite.Ops;
using Pyrite.Special;

namespace Pyrite.Functions;

/// <summary>Draws of Gamma variables with rate 1, differentiable in the concentration.</summary>
/// <remarks>
/// Marsaglia and Tsang's squeeze-free method ("A simple method for generating gamma variables", 2000), with Stuart's U^(1/a) for concentrations below 1;
/// logarithms throughout, so that tiny concentrations do not underflow. Gradients are implicit (Figurnov et al., 2018): dx/da = -(∂P(a, x)/∂a) / density.
/// </remarks>
internal static class StandardGamma
{
    /// <summary>Draws of a shape to which the concentration broadcasts; at least the smallest normal number.</summary>
    public static Tensor Draw(RandomKey key, Tensor concentration, Shape shape, DType type)
    {
        Tensor log = LogDraw(key, concentration, shape, type);
        double least = type == DType.Float32 ? -87.3 : -708.3;
        return Tensor.Where(log < least, least, log).Exp();
    }

    /// <summary>The logarithms of such draws.</summary>
    public static Tensor LogDraw(RandomKey key, Tensor concentration, Shape shape, DType type) =>
        Executor.Apply(new LogDrawOperation(key), new TensorSpec(shape, type), concentration.To(type).BroadcastTo(shape).In(Layout.RowMajor));

    /// <summary>One draw's logarithm from its first normal and uniform numbers; rejected ones try again with numbers of their own.</summary>
    public static double LogOne(RandomKey key, long index, double concentration, double normal, double uniform, double boost)
    {
        double shape = concentration < 1 ? concentration + 1 : concentration;
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        Span<double> room = stackalloc double[1];
        for (int attempt = 0; ; attempt++)
        {
            double root = 1 + (c * normal);
            if (root > 0)
            {
                double logV = 3 * Math.Log(root);
                if (Math.Log(uniform) < (0.5 * normal * normal) + d - (d * root * root * root) + (d * logV))
                {
                    double log = Math.Log(d) + logV;
                    return concentration < 1 ? log + (Math.Log(boost) / concentration) : log;
                }
            }
            RandomKey retry = key.Child(index).Child(attempt);
            retry.Child(0).FillNormal(room);
            normal = room[0];
            retry.Child(1).FillUniform(room);
            uniform = room[0];
        }
    }

    private readonly record struct LogDrawOperation(RandomKey Key) : IOperation
    {
        public string Name => "gamma draw";

        /// <summary>The key changes from step to step.</summary>
        public bool Equals(LogDrawOperation other) => true;

        public override int GetHashCode() => 0;

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            Body body = new(Key, inputs[0], output);
            WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            upstream * Zip<ScalarZip<SlopeFunction>>.Of(inputs[0], output);
    }

    private readonly struct Body(RandomKey key, Tensor concentration, Tensor output) : IParallelBody
    {
        private const int Tile = 256;

        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            Span<double> normals = stackalloc double[Tile];
            Span<double> uniforms = stackalloc double[Tile];
            Span<double> boosts = stackalloc double[Tile];
            bool single = output.DType == DType.Float32;
            for (int start = range.Start.Value; start < range.End.Value; start += Tile)
            {
                int length = Math.Min(Tile, range.End.Value - start);
                key.Child("normal").FillNormal(normals[..length], start);
                key.Child("uniform").FillUniform(uniforms[..length], start);
                key.Child("boost").FillUniform(boosts[..length], start);
                for (int i = 0; i < length; i++)
                {
                    int at = start + i;
                    double shape = single ? concentration.Read<float>()[at] : concentration.Read<double>()[at];
                    double log = LogOne(key, at, shape, normals[i], uniforms[i], boosts[i]);
                    if (single)
                    {
                        output.Write<float>()[at] = (float)log;
                    }
                    else
                    {
                        output.Write<double>()[at] = log;
                    }
                }
            }
        }
    }

    /// <summary>d log x / da at a fixed probability.</summary>
    private readonly struct SlopeFunction : IScalarFunction2
    {
        private const double NearZero = -23;

        public static string Name => "gamma draw slope";

        public static double Of(double a, double b)
        {
            if (b < NearZero)
            {
                return (GammaMath.Digamma(a + 1) - b) / a;
            }
            double x = Math.Exp(b);
            double logDensity = IncompleteGammaMath.LogLeading(a, x) + Math.Log(a);
            return -IncompleteGammaMath.LowerByShape(a, x) / Math.Exp(logDensity);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => GammaDrawDerivatives.Pullback(a, b, y, dy, input);
    }
}
