using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Tests;

/// <summary>Chains in registers against one element at a time.</summary>
public sealed class ChainTests
{
    private static readonly double[] Special =
        [0, -0.0, 1, -1, 2.5, -3.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-40, -1e38, 0.1];

    public static TheoryData<int> Operations() => [.. Enumerable.Range(0, (int)VectorInstruction.PositiveOnly + 1)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_matches_the_plain_one_for_every_pair_and_remainder(int operation)
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            VectorInstruction kind = (VectorInstruction)operation;
            bool isUnary = kind is >= VectorInstruction.Negate and <= VectorInstruction.Relu;
            ChainCode code = new(type, 2, 0, [new(ElementwiseForm.Of(kind), 0, isUnary ? -1 : 1)], [2], []);
            foreach (int count in (int[])[1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 144])
            {
                Tensor a = Tensor.From<double>([.. Enumerable.Range(0, count).Select(i => Special[i % Special.Length])], [count]).To(type);
                Tensor b =
                    Tensor.From<double>([.. Enumerable.Range(0, count).Select(i => Special[i / Special.Length % Special.Length])], [count]).To(type);
                Tensor y = Large(count, type);
                new ChainCall(code, 1024).Run([Pinned(a), Pinned(b), y], [0, 1, 2], count);
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
        int count = Special.Length * Special.Length;
        ChainCode code =
            new(DType.Float32, 2, 1, [
                    new(ElementwiseForm.Of(comparison), 0, 1), new(ElementwiseForm.Of(VectorInstruction.Select), 3, 0, 2),
                    new(ElementwiseForm.Of(VectorInstruction.Truth), 3),
                ], [4, 5], []);
        Tensor a = Tensor.From<float>([.. Enumerable.Range(0, count).Select(i => (float)Special[i % Special.Length])], [count]);
        Tensor b = Tensor.From<float>([.. Enumerable.Range(0, count).Select(i => (float)Special[i / Special.Length])], [count]);
        Tensor chosen = Large(count, DType.Float32);
        Tensor truth = Large(count, DType.Float32);
        new ChainCall(code, 1024).Run([Pinned(a), Pinned(b), Tensor.From<float>([7], []), chosen, truth], [0, 1, 2, 3, 4], count);
        for (int i = 0; i < count; i++)
        {
            (float x, float y) = (a.ToArray<float>()[i], b.ToArray<float>()[i]);
            bool holds = comparison switch
            {
                VectorInstruction.Greater => x > y,
                VectorInstruction.GreaterOrEqual => x >= y,
                VectorInstruction.Equal => x == y,
                _ => x != y,
            };
            Assert.Equal(holds ? x : 7, chosen.ToArray<float>()[i]);
            Assert.Equal(holds ? 1 : 0, truth.ToArray<float>()[i]);
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Blocks_are_summed_as_the_sum_of_a_block_is(DType type)
    {
        if (!ChainTable.HasSums)
        {
            return;
        }
        const int Blocks = 7;
        Tensor x = RandomKey.FromSeed(5).Normal([Blocks * SumKernel.Block], type);
        ChainCall call =
            new(new ChainCode(type, 1, 0,
                [new(ElementwiseForm.Of(VectorInstruction.Square), 0), new(ElementwiseForm.Of(VectorInstruction.Negate), 0)], [],
                [1, 2]), Blocks * SumKernel.Block);
        call.Run([x], [0], x.Count);
        double[] values = x.ToArray<double>();
        for (int sum = 0; sum < 2; sum++)
        {
            int own = sum;
            double[] terms = [.. values.Select(v => own == 1 ? -v : type == DType.Float32 ? (float)v * (float)v : v * v)];
            double[] expected = new double[Blocks];
            double[] got = new double[Blocks];
            float[] narrow = new float[Blocks];
            for (int block = 0; block < Blocks; block++)
            {
                double[] part = terms[(block * SumKernel.Block)..((block + 1) * SumKernel.Block)];
                expected[block] = type == DType.Float32 ? SumKernel.Sum<float>([.. part.Select(v => (float)v)]) : SumKernel.Sum<double>(part);
            }
            if (type == DType.Float32)
            {
                call.BlockSums<float>(sum, narrow);
                got = [.. narrow.Select(v => (double)v)];
            }
            else
            {
                call.BlockSums<double>(sum, got);
            }
            Assert.Equal(expected, got);
        }
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
