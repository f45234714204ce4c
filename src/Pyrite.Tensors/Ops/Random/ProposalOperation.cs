using Pyrite.Engine;
using Pyrite.Kernels.Random;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Random;

/// <summary>Draws by rejection with one real parameter, whose last axes are those of the result; not differentiable.</summary>
internal readonly record struct ProposalOperation<TKernel>(RandomKey Key, string Name) : IVaryingOperation
    where TKernel : struct, IProposalKernel
{
    /// <summary>Draws of a shape to which the parameter broadcasts.</summary>
    public static Tensor Of(RandomKey key, string name, Tensor parameter, Shape shape, DType type)
    {
        Tensor own = parameter.Detach().To(type);
        bool repeats = own.Rank <= shape.Rank && shape[(shape.Rank - own.Rank)..] == own.Shape;
        Tensor aligned = repeats ? own : own.BroadcastTo(shape);
        return Executor.Apply(new ProposalOperation<TKernel>(key, name), new TensorSpec(shape, type), aligned.In(Layout.RowMajor));
    }

    /// <summary>The key changes from step to step.</summary>
    public bool Equals(ProposalOperation<TKernel> other) => Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Body body = new(Key, inputs[0], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private readonly struct Body(RandomKey key, Tensor parameter, Tensor output) : IParallelBody
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            if (output.DType == DType.Float32)
            {
                ElementDraws.Fill<TKernel, float>(key, parameter.Read<float>(), output.Write<float>()[range], range.Start.Value, range.Start.Value);
            }
            else
            {
                ElementDraws.Fill<TKernel, double>(key, parameter.Read<double>(), output.Write<double>()[range], range.Start.Value,
                    range.Start.Value);
            }
        }
    }
}
