using System.Numerics;
using Pyrite.Kernels.Threads;
using Pyrite.Kernels.Updates;

namespace Pyrite.Optimizers;

/// <summary>One pass over all parameters at once: they are cut into pieces, and the pieces are spread over the threads.</summary>
/// <remarks>A piece is computed element by element, so the bits depend neither on the pieces nor on the threads. Steady passes allocate
/// nothing.</remarks>
internal sealed class UpdatePass<TRule>
    where TRule : struct, IUpdateRule
{
    private const int PieceLength = 16 * 1024;

    private Item[] items = [];
    private int count;
    private int pieces;

    /// <summary>Puts a parameter down for the pass.</summary>
    public void Add(in ParameterUpdate update, in TRule rule)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, Math.Max(8, 2 * count));
        }
        items[count++] = new Item(update, rule, pieces);
        pieces += (update.Parameter.Value.Count + PieceLength - 1) / PieceLength;
    }

    /// <summary>Changes every parameter that was put down, and forgets them.</summary>
    public void Run()
    {
        try
        {
            Body body = new(items, count);
            WorkerPool.For(pieces, ref body);
        }
        finally
        {
            Array.Clear(items, 0, count);
            count = 0;
            pieces = 0;
        }
    }

    private readonly record struct Item(ParameterUpdate Update, TRule Rule, int FirstPiece);

    private readonly struct Body(Item[] items, int count) : IParallelBody
    {
        public void Run(int index)
        {
            int low = 0;
            int high = count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) / 2;
                if (items[middle].FirstPiece <= index)
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }
            ref readonly Item item = ref items[low];
            Tensor value = item.Update.Parameter.Value;
            int start = (index - item.FirstPiece) * PieceLength;
            Range range = start..Math.Min(value.Count, start + PieceLength);
            if (value.DType == DType.Float32)
            {
                Run<float>(item, value, range);
            }
            else
            {
                Run<double>(item, value, range);
            }
        }

        private static void Run<T>(in Item item, Tensor value, Range range) where T : unmanaged, IFloatingPointIeee754<T> => UpdateLoop.Run(
            item.Rule, value.Write<T>()[range], item.Update.Gradient.Read<T>()[range],
            Stretch<T>(item.Update.State, 0, range), Stretch<T>(item.Update.State, 1, range), Stretch<T>(item.Update.State, 2, range));

        private static Span<T> Stretch<T>(ParameterState state, int index, Range range) where T : unmanaged =>
            index < state.Count ? state[index].Write<T>()[range] : [];
    }
}
