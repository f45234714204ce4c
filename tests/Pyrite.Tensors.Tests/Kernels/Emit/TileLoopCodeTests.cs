using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;

namespace Pyrite.Tests;

/// <summary>Loops over tiles against one element at a time.</summary>
public sealed class TileLoopCodeTests
{
    private static readonly double[] Special =
        [0, -0.0, 1, -1, 2.5, -3.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-40, -1e38, 0.1];

    public static TheoryData<int> Operations() => [.. Enumerable.Range(0, (int)VectorInstruction.PositiveOnly + 1)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_matches_the_plain_one_for_every_pair_and_remainder(int operation)
    {
        if (!VectorCode.IsAvailable)
        {
            return;
        }
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            VectorInstruction kind = (VectorInstruction)operation;
            bool isUnary = kind is >= VectorInstruction.Negate and <= VectorInstruction.Relu;
            LoopWork work = Work(type, stores: [2]);
            work.Instructions.Add(new LoopInstruction(2, ElementwiseForm.Of(kind), isUnary ? [0] : [0, 1]));
            foreach (int count in (int[])[16, 17, 31, 33, 144])
            {
                Tensor a = Tensor.From<double>([.. Enumerable.Range(0, count).Select(i => Special[i % Special.Length])], [count]).To(type);
                Tensor b =
                    Tensor.From<double>([.. Enumerable.Range(0, count).Select(i => Special[i / Special.Length % Special.Length])], [count]).To(type);
                Tensor y = Large(count, type);
                Run(work, count, Pinned(a), Pinned(b), y);
                double[] left = a.ToArray<double>();
                double[] right = b.ToArray<double>();
                double[] got = y.ToArray<double>();
                for (int i = 0; i < count; i++)
                {
                    double expected = type == DType.Float32 ? Plain(kind, (float)left[i], (float)right[i]) : Plain(kind, left[i], right[i]);
                    Assert.Equal(BitConverter.DoubleToInt64Bits(expected),
                        BitConverter.DoubleToInt64Bits(double.IsNaN(got[i]) && double.IsNaN(expected) ? expected : got[i]));
                }
            }
        }
    }

    [Theory]
    [InlineData(VectorInstruction.Greater)]
    [InlineData(VectorInstruction.GreaterOrEqual)]
    [InlineData(VectorInstruction.Equal)]
    [InlineData(VectorInstruction.NotEqual)]
    internal void A_comparison_selects_as_an_if_would(VectorInstruction comparison)
    {
        if (!VectorCode.IsAvailable)
        {
            return;
        }
        int count = Special.Length * Special.Length;
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            // The comparison is made in registers, and chosen by and written as truth values, which are read again.
            LoopWork work = Work(type, stores: [3, 4, 5, 7]);
            work.Singles.Add(2);
            work.Truths.UnionWith([3, 6]);
            work.Instructions.Add(new LoopInstruction(3, ElementwiseForm.Of(comparison), [0, 1]));
            work.Instructions.Add(new LoopInstruction(4, ElementwiseForm.Of(VectorInstruction.Select), [3, 0, 2]));
            work.Instructions.Add(new LoopInstruction(5, ElementwiseForm.Of(VectorInstruction.Truth), [3]));
            work.Instructions.Add(new LoopInstruction(7, ElementwiseForm.Of(VectorInstruction.Select), [6, 2, 0]));
            double[] left = [.. Enumerable.Range(0, count).Select(i => Special[i % Special.Length])];
            double[] right = [.. Enumerable.Range(0, count).Select(i => Special[i / Special.Length])];
            (Tensor a, Tensor b) = (Tensor.From<double>(left, [count]).To(type), Tensor.From<double>(right, [count]).To(type));
            bool[] flags = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0)];
            (Tensor chosen, Tensor truth, Tensor again) = (Large(count, type), Large(count, type), Large(count, type));
            Tensor written = Large(count, DType.Bool);
            Run(work, count, Pinned(a), Pinned(b), Pinned(Tensor.From<double>([7], []).To(type)), written, chosen, truth,
                Pinned(Tensor.From<bool>(flags, [count])), again);
            (left, right) = (a.ToArray<double>(), b.ToArray<double>());
            for (int i = 0; i < count; i++)
            {
                (double x, double y) = (left[i], right[i]);
                bool holds = comparison switch
                {
                    VectorInstruction.Greater => x > y,
                    VectorInstruction.GreaterOrEqual => x >= y,
                    VectorInstruction.Equal => x == y,
                    _ => x != y,
                };
                Assert.Equal(holds, written.Read<bool>()[i]);
                Assert.Equal(holds ? x : 7, chosen.ToArray<double>()[i]);
                Assert.Equal(holds ? 1 : 0, truth.ToArray<double>()[i]);
                Assert.Equal(flags[i] ? 7 : x, again.ToArray<double>()[i]);
            }
        }
    }

    [Fact]
    public void Equal_loops_share_their_code()
    {
        if (!VectorCode.IsAvailable)
        {
            return;
        }
        Assert.Same(TileLoopCode.Of(Square(VectorInstruction.Square)), TileLoopCode.Of(Square(VectorInstruction.Square)));
        Assert.NotSame(TileLoopCode.Of(Square(VectorInstruction.Square)), TileLoopCode.Of(Square(VectorInstruction.Negate)));

        static LoopWork Square(VectorInstruction instruction)
        {
            LoopWork work = Work(DType.Float64, stores: [1]);
            work.Instructions.Add(new LoopInstruction(1, ElementwiseForm.Of(instruction), [0]));
            return work;
        }
    }

    private static LoopWork Work(DType type, HashSet<int> stores) => new(0, type, stores, default, keepsBits: true);

    /// <summary>Runs a loop on tensors that stay where they are.</summary>
    private static void Run(LoopWork work, int count, params ReadOnlySpan<Tensor> values)
    {
        nint[] table = new nint[values.Length + 1];
        table[0] = count * work.Type.ByteSize;
        for (int i = 0; i < values.Length; i++)
        {
            table[i + 1] = EmittedCalls.Address(values[i].RawBytes());
        }
        EmittedCalls.Run(TileLoopCode.Of(work), null!, 0, table);
    }

    private static double Plain(VectorInstruction kind, double a, double b) => kind switch
    {
        VectorInstruction.Add => a + b,
        VectorInstruction.Subtract => a - b,
        VectorInstruction.Multiply => a * b,
        VectorInstruction.Divide => a / b,
        VectorInstruction.Maximum => Math.Max(a, b),
        VectorInstruction.Minimum => Math.Min(a, b),
        VectorInstruction.Negate => -a,
        VectorInstruction.Abs => Math.Abs(a),
        VectorInstruction.Square => a * a,
        VectorInstruction.Sqrt => Math.Sqrt(a),
        VectorInstruction.Reciprocal => 1 / a,
        VectorInstruction.Relu => Math.Max(a, 0),
        _ => b > 0 ? a : 0,
    };

    private static float Plain(VectorInstruction kind, float a, float b) => kind switch
    {
        VectorInstruction.Add => a + b,
        VectorInstruction.Subtract => a - b,
        VectorInstruction.Multiply => a * b,
        VectorInstruction.Divide => a / b,
        VectorInstruction.Maximum => MathF.Max(a, b),
        VectorInstruction.Minimum => MathF.Min(a, b),
        VectorInstruction.Negate => -a,
        VectorInstruction.Abs => MathF.Abs(a),
        VectorInstruction.Square => a * a,
        VectorInstruction.Sqrt => MathF.Sqrt(a),
        VectorInstruction.Reciprocal => 1 / a,
        VectorInstruction.Relu => MathF.Max(a, 0),
        _ => b > 0 ? a : 0,
    };

    private static Tensor Large(int count, DType type)
    {
        Tensor block = Tensor.Unbound(new TensorSpec([count], type));
        block.PointTo(Storage.Allocate(count * type.ByteSize, pinned: true));
        return block;
    }

    private static Tensor Pinned(Tensor x)
    {
        Tensor copy = Large(x.Count, x.DType);
        x.RawBytes().CopyTo(copy.WriteBytes());
        return copy;
    }
}
