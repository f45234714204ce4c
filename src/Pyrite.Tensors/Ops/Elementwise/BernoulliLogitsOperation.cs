using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Elementwise;

/// <summary>x·l - softplus(l): the log-probability of an outcome x in [0, 1] under log-odds l; minus infinity for other x.</summary>
/// <remarks>Inputs: x, l and, where it is known, sigmoid(l), which saves the gradient an exponential. All of one shape, row-major.</remarks>
internal readonly record struct BernoulliLogitsOperation : IBatchOperation<BernoulliLogitsOperation>, IElementwiseOperation
{
    private const int Tile = 512;

    private static readonly ElementwiseForm Registers = ElementwiseForm.OfPair<BernoulliScoreFunction>() with { KeepsBits = false };

    public string Name => "bernoulli log-probability";

    public ElementwiseForm? Form => Registers;

    /// <summary>The scores of outcomes; operands broadcast.</summary>
    public static Tensor Of(Tensor x, Tensor logits, Tensor? probs)
    {
        if (x.IsWeak && logits.IsWeak)
        {
            x = Tensor.Full(Shape.Scalar, x.WeakValue, DType.Float64);
        }
        DType type = x.DType.IsFloatingPoint ? Operands.CommonType(x, logits) : logits.IsWeak ? Precision.Default : logits.DType;
        Shape shape = Shape.Broadcast(x.Shape, logits.Shape);
        Tensor score = probs is null || probs.Shape != shape || probs.DType != type
            ? Executor.Apply(default(BernoulliLogitsOperation), new TensorSpec(shape, type), Prepare(x), Prepare(logits))
            : Executor.Apply(default(BernoulliLogitsOperation), new TensorSpec(shape, type), Prepare(x), Prepare(logits), probs);
        return score;

        Tensor Prepare(Tensor operand) => operand.To(type).BroadcastTo(shape).In(Layout.RowMajor);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public BernoulliLogitsOperation? ForBatch(int count, int batch) => this;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        0 => upstream * inputs[1],
        1 => upstream * (inputs[0] - (inputs.Length > 2 ? inputs[2] : inputs[1].Sigmoid())),
        _ => null,
    };

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Body<T> body = new(inputs[0], inputs[1], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    private static void Score<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> logits, Span<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> room = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> outcome = x.Slice(start, length);
            ReadOnlySpan<T> logit = logits.Slice(start, length);
            Span<T> target = scores.Slice(start, length);
            Span<T> part = room[..length];

            // x·l - max(l, 0) is exact for x of 0 and 1; what remains of softplus is log(1 + e^-|l|).
            TensorPrimitives.Max(logit, T.Zero, target);
            TensorPrimitives.Multiply(outcome, logit, part);
            TensorPrimitives.Subtract(part, target, target);
            SimdMap.Run<SoftplusTailFunction, T>(logit, part);
            TensorPrimitives.Subtract(target, part, target);
            if (!(TensorPrimitives.Min(outcome) >= T.Zero && TensorPrimitives.Max(outcome) <= T.One) || !T.IsFinite(TensorPrimitives.Sum(target)))
            {
                ScoreUnusual(outcome, logit, target);
            }
        }
    }

    /// <summary>Outcomes outside [0, 1] are impossible; infinite log-odds mean certainty.</summary>
    private static void ScoreUnusual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> logits, Span<T> scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!(x[i] >= T.Zero && x[i] <= T.One))
            {
                scores[i] = T.NegativeInfinity;
            }
            else if (T.IsInfinity(logits[i]))
            {
                scores[i] = x[i] == (logits[i] > T.Zero ? T.One : T.Zero) ? T.Zero : T.NegativeInfinity;
            }
        }
    }

    private readonly struct Body<T>(Tensor x, Tensor logits, Tensor scores) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, scores.Count);
            Score(x.Read<T>()[range], logits.Read<T>()[range], scores.Write<T>()[range]);
        }
    }
}
