using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>From where to where the elements of arrays go in an operation that adds elements up, or moves them.</summary>
internal sealed class TermLayout
{
    /// <summary>Larger arrays are moved by kernels that need no lists of places, unless indices say which elements.</summary>
    private const int MostElements = 8192;

    private readonly List<int>[] targets;
    private readonly List<int>[] sources;
    private readonly int[] counts;
    private readonly bool mayReorder;

    public TermLayout(RecordedProgram program, RecordedNode operation)
    {
        ITermOperation terms = (ITermOperation)operation.Boxed;
        targets = Array.ConvertAll(operation.Inputs, _ => new List<int>());
        sources = Array.ConvertAll(operation.Inputs, _ => new List<int>());
        counts = new int[operation.Spec.Shape.Count];
        ReadOnlySpan<long> indices = terms.IndexInput is { } index ? program.Constant(operation.Inputs[index]).Read<long>() : [];
        terms.Terms(program.ShapesOf(operation), indices, operation.Spec.Shape, (result, input, element) =>
        {
            targets[input].Add(result);
            sources[input].Add(element);
            counts[result]++;
        });
        mayReorder = !program.KeepsBits;
        IsSum = terms.IsSum && (program.KeepsBits || Array.Exists(counts, count => count > 1));
    }

    /// <summary>Whether elements are added, so that all of the result must be 0 before.</summary>
    public bool IsSum { get; }

    /// <summary>Whether some elements of the result must be 0 before others are put there.</summary>
    public bool NeedsZeros => IsSum || Array.Exists(counts, count => count == 0);

    /// <summary>Whether an operation has such a layout that is known before it runs.</summary>
    public static bool Fits(RecordedProgram program, RecordedNode operation)
    {
        if (operation.Boxed is not ITermOperation terms || (terms is IReduction && program.KeepsBits))
        {
            return false;
        }
        bool fits = terms.IndexInput is null || !program.Depends(operation.Inputs[terms.IndexInput.Value]);
        for (int i = 0; i < operation.Inputs.Length; i++)
        {
            TensorSpec spec = program.SpecOf(operation.Inputs[i]);
            bool isData = i != terms.IndexInput;
            fits &= spec.Layout == Layout.RowMajor && (!isData || spec.DType == DType.Float64)
                && (terms.IndexInput is not null || spec.Shape.Count <= MostElements);
        }
        return fits && (terms.IndexInput is not null || operation.Spec.Shape.Count <= MostElements);
    }

    /// <summary>Writes the moves from one input.</summary>
    /// <param name="writer">Writes them.</param>
    /// <param name="constants">Keeps lists of places.</param>
    /// <param name="input">Which input.</param>
    /// <param name="source">The source that holds it.</param>
    /// <param name="result">The result.</param>
    public void Write(ProgramWriter writer, ProgramConstants constants, int input, int source, int result)
    {
        (List<int> from, List<int> to) = (sources[input], targets[input]);
        if (from.Count == 0)
        {
            return;
        }
        bool readsOn = IsRun(from), writesOn = IsRun(to);
        Place source0 = writer.PlaceOf(source), target0 = writer.PlaceOf(result);
        if (!IsSum && readsOn && writesOn)
        {
            writer.Copy(source0, from[0], target0, to[0], from.Count);
        }
        else if (!IsSum && writesOn)
        {
            writer.Take(source0, constants.Indices(from), target0, to[0], from.Count);
        }
        else if (IsSum && mayReorder && sources.Length == 1 && readsOn && from[0] == 0 && RowOf(to) is { } length)
        {
            writer.SumRows(source0, target0, to.Count / length, length);
        }
        else
        {
            writer.Move(source0, constants.Indices(from), target0, constants.Indices(to), from.Count, IsSum, readsOn && from[0] == 0);
        }
    }

    /// <summary>How many elements in turn go to each place, where that is the same number for all places and these come in their order; else
    /// null.</summary>
    private int? RowOf(List<int> to)
    {
        int length = to.Count / counts.Length;
        for (int i = 0; i < to.Count; i++)
        {
            if (to[i] != i / length)
            {
                return null;
            }
        }
        return to.Count == length * counts.Length && length > 1 ? length : null;
    }

    private static bool IsRun(List<int> places)
    {
        for (int i = 1; i < places.Count; i++)
        {
            if (places[i] != places[0] + i)
            {
                return false;
            }
        }
        return true;
    }
}
