using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Random;
using Pyrite.Kernels.Special;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Random;

/// <summary>Draws of Gamma variables with rate 1, differentiable in the concentration.</summary>
/// <remarks>
/// Marsaglia and Tsang's method ("A simple method for generating gamma variables", 2000), with Stuart's U^(1/a) for concentrations below 1;
/// logarithms are there for tiny concentrations, whose draws underflow. Gradients are implicit (Figurnov et al., 2018): dx/da = -(∂P(a, x)/∂a) /
/// density.
/// </remarks>
internal static class StandardGamma
{
    /// <summary>Draws of a shape to which the concentration broadcasts; at least the smallest normal number.</summary>
    public static Tensor Draw(RandomKey key, Tensor concentration, Shape shape, DType type) =>
        Of(new GammaDrawOperation(key, false), concentration, shape, type);

    /// <summary>The logarithms of such draws.</summary>
    public static Tensor LogDraw(RandomKey key, Tensor concentration, Shape shape, DType type) =>
        Of(new GammaDrawOperation(key, true), concentration, shape, type);

    private static Tensor Of(GammaDrawOperation operation, Tensor concentration, Shape shape, DType type) =>
        Executor.Apply(operation, new TensorSpec(shape, type), concentration.To(type).BroadcastTo(shape).In(Layout.RowMajor));

    private readonly record struct GammaDrawOperation(RandomKey Key, bool IsLog) : IVaryingOperation
    {
        public string Name => IsLog ? "log gamma draw" : "gamma draw";

        public int? EntryRank => 0;

        /// <summary>The key changes from step to step.</summary>
        public bool Equals(GammaDrawOperation other) => IsLog == other.IsLog;

        public override int GetHashCode() => IsLog.GetHashCode();

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            if (output.DType == DType.Float32)
            {
                Body<float> body = new(Key, IsLog, inputs[0], output);
                WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
            }
            else
            {
                Body<double> body = new(Key, IsLog, inputs[0], output);
                WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            upstream * (IsLog ? ScalarFunctions.Of<LogSlopeFunction>(inputs[0], output) : ScalarFunctions.Of<SlopeFunction>(inputs[0], output));
    }

    private readonly struct Body<T>(RandomKey key, bool isLog, Tensor concentration, Tensor output) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T Least = T.CreateTruncating(typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308);

        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            ReadOnlySpan<T> parameters = concentration.Read<T>()[range];
            Span<T> draws = output.Write<T>()[range];
            if (isLog)
            {
                ElementDraws.Fill<LogGammaKernel, T>(key, parameters, draws, range.Start.Value, 0);
                return;
            }
            ElementDraws.Fill<GammaKernel, T>(key, parameters, draws, range.Start.Value, 0);
            TensorPrimitives.Max(draws, Least, draws);
        }
    }

    /// <summary>d log x / da at a fixed probability, given log x.</summary>
    private readonly struct LogSlopeFunction : IScalarFunction2
    {
        private const double NearZero = -23;

        public static string Name => "log gamma draw slope";

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

    /// <summary>dx / da at a fixed probability, given x.</summary>
    private readonly struct SlopeFunction : IScalarFunction2
    {
        public static string Name => "gamma draw slope";

        public static double Of(double a, double b) => b * LogSlopeFunction.Of(a, Math.Log(b));

        /// <summary>With x times the logarithm's slope s at log x: x ∂s/∂a for the concentration, s + ∂s/∂log x for the draw.</summary>
        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor log = b.Log();
            Tensor slope = ScalarFunctions.Of<LogSlopeFunction>(a, log);
            return input == 0
                ? LogSlopeFunction.Pullback(a, log, slope, dy * b, 0)
                : (dy * slope) + LogSlopeFunction.Pullback(a, log, slope, dy, 1)!;
        }
    }
}
