using System.Runtime.CompilerServices;

namespace Pyrite.Ops.Elementwise;

/// <summary>Two row-major operands walked along a common shape: outer rows, and an inner run in which each operand moves by 0 or 1.</summary>
/// <remarks>Adjacent axes with the same movement are merged, so that the inner run is as long as it can be.</remarks>
internal readonly struct BroadcastLoop
{
    private const int MaxRank = 16;

    private readonly Steps sizes;
    private readonly Steps stepsA;
    private readonly Steps stepsB;
    private readonly int outerRank;

    public BroadcastLoop(Shape a, Shape b, Shape output)
    {
        if (output.Rank > MaxRank)
        {
            throw new NotSupportedException(
                $"Element-wise operations take up to {MaxRank} axes; shape {output} has {output.Rank}. Reshape it to fewer.");
        }
        int rank = 0;
        int strideA = 1;
        int strideB = 1;
        for (int axis = output.Rank - 1; axis >= 0; axis--)
        {
            int size = output.Sizes[axis];
            int back = output.Rank - axis;
            int sizeA = back <= a.Rank ? a.Sizes[a.Rank - back] : 1;
            int sizeB = back <= b.Rank ? b.Sizes[b.Rank - back] : 1;
            if (size == 1)
            {
                continue;
            }
            int stepA = sizeA == 1 ? 0 : strideA;
            int stepB = sizeB == 1 ? 0 : strideB;
            if (rank > 0 && stepA == stepsA[rank - 1] * sizes[rank - 1] && stepB == stepsB[rank - 1] * sizes[rank - 1])
            {
                sizes[rank - 1] *= size;
            }
            else
            {
                sizes[rank] = size;
                stepsA[rank] = stepA;
                stepsB[rank] = stepB;
                rank++;
            }
            strideA *= sizeA;
            strideB *= sizeB;
        }
        if (rank == 0)
        {
            sizes[0] = 1;
            rank = 1;
        }
        outerRank = rank - 1;
        Inner = sizes[0];
        Outer = 1;
        for (int i = 1; i < rank; i++)
        {
            Outer *= sizes[i];
        }
        InnerA = stepsA[0];
        InnerB = stepsB[0];
    }

    /// <summary>Elements of the inner run.</summary>
    public int Inner { get; }

    /// <summary>The number of inner runs.</summary>
    public int Outer { get; }

    /// <summary>0 where the first operand stays during the inner run, else 1.</summary>
    public int InnerA { get; }

    /// <summary>0 where the second operand stays during the inner run, else 1.</summary>
    public int InnerB { get; }

    /// <summary>Where the operands stand at the beginning of an inner run.</summary>
    public (int A, int B) Offsets(int outer)
    {
        int a = 0;
        int b = 0;
        for (int i = 1; i <= outerRank; i++)
        {
            (outer, int position) = Math.DivRem(outer, sizes[i]);
            a += position * stepsA[i];
            b += position * stepsB[i];
        }
        return (a, b);
    }

    [InlineArray(MaxRank)]
    private struct Steps
    {
        private int first;
    }
}
