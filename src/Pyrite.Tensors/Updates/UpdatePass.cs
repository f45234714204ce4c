using System.Numerics;
using Pyrite.Kernels.Threads;
using Pyrite.Kernels.Updates;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>One pass of an optimizer over all parameters at once: they are cut into pieces, and the pieces are spread over the threads.</summary>
/// <remarks>A piece is computed element by element, so the bits depend neither on the pieces nor on the threads. Keep one and use it for every
/// update: steady passes allocate nothing. For one thread.</remarks>
/// <typeparam name="TRule">How elements change.</typeparam>
public sealed class UpdatePass<TRule>
    where TRule : struct, IUpdateRule
{
    private const int PieceLength = 16 * 1024;

    private Item[] items = [];
    private int count;
    private int pieces;

    /// <summary>Puts a parameter down for the pass, at most once for each.</summary>
    /// <param name="parameter">What to change.</param>
    /// <param name="gradient">Its gradient; of the parameter's shape.</param>
    /// <param name="rule">How its elements change.</param>
    /// <param name="first">A remembered tensor of the parameter's shape and type, changed in place; null for none. Its memory must outlive the step:
    /// <see cref="StepScope.Outside"/>.</param>
    /// <param name="second">A second one.</param>
    /// <param name="third">A third one.</param>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public void Add(Parameter parameter, Tensor gradient, in TRule rule, Tensor? first = null, Tensor? second = null, Tensor? third = null)
    {
        Tensor value = parameter.Value;
        if (gradient.Shape != value.Shape)
        {
            throw new ArgumentException(
                $"An update was given a gradient of shape {gradient.Shape} for a parameter of shape {value.Shape}; they must agree.",
                nameof(gradient));
        }
        Require(value, first);
        Require(value, second);
        Require(value, third);
        if (count == items.Length)
        {
            Array.Resize(ref items, Math.Max(8, 2 * count));
        }
        items[count++] = new Item(value, gradient.To(value.DType).In(value.Layout), first, second, third, rule, pieces);
        pieces += (value.Count + PieceLength - 1) / PieceLength;
    }

    /// <summary>Changes every parameter that was put down, and forgets them.</summary>
    public void Run()
    {
        try
        {
            StepScope.SettleForUpdate();
            for (int i = 0; i < count; i++)
            {
                items[i].Gradient.Materialize();   // what is refused is refused before anything changes
            }
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

    private static void Require(Tensor value, Tensor? remembered)
    {
        if (remembered is not null && (remembered.Shape != value.Shape || remembered.DType != value.DType || remembered.Layout != value.Layout))
        {
            throw new ArgumentException(
                $"An update of a {value.DType} parameter of shape {value.Shape} was given a remembered {remembered.DType} tensor of shape "
                    + $"{remembered.Shape}; shape and type must agree.", nameof(remembered));
        }
    }

    private readonly record struct Item(Tensor Value, Tensor Gradient, Tensor? First, Tensor? Second, Tensor? Third, TRule Rule, int FirstPiece);

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
            int start = (index - item.FirstPiece) * PieceLength;
            Range range = start..Math.Min(item.Value.Count, start + PieceLength);
            if (item.Value.DType == DType.Float32)
            {
                Run<float>(item, range);
            }
            else
            {
                Run<double>(item, range);
            }
        }

        private static void Run<T>(in Item item, Range range) where T : unmanaged, IFloatingPointIeee754<T> => UpdateLoop.Run(
            item.Rule, item.Value.Write<T>()[range], item.Gradient.Read<T>()[range],
            Stretch<T>(item.First, range), Stretch<T>(item.Second, range), Stretch<T>(item.Third, range));

        private static Span<T> Stretch<T>(Tensor? remembered, Range range) where T : unmanaged =>
            remembered is null ? [] : remembered.Write<T>()[range];
    }
}
