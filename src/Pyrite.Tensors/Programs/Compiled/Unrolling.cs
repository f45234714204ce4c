using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Programs.Compiled;

/// <summary>Takes operations on small tensors apart into operations on their elements: slices and stacks of numbers, short lanes, small products,
/// and what follows from them element by element.</summary>
/// <remarks>A tensor that was taken apart becomes an array only where something reads it as one. Sums are grouped as trees.</remarks>
internal sealed class Unrolling : INumbers
{
    /// <summary>Elements of a result that is taken apart because something it reads is.</summary>
    private const int MostElements = 16;

    /// <summary>Elements of a part of an array whose numbers are read one by one.</summary>
    private const int ShortSlice = 4;

    /// <summary>Operations on numbers that one operation may become.</summary>
    private const int MostOperations = 64;

    /// <summary>The same where its inputs are numbers already.</summary>
    private const int MostOperationsOnNumbers = 512;

    /// <summary>Elements that may be moved from numbers to numbers.</summary>
    private const int MostTerms = 8192;

    /// <summary>Operations on numbers of a whole program.</summary>
    private const int MostNumbers = 150_000;

    private readonly RecordedProgram program;
    private readonly List<int> steps = [];
    private readonly Dictionary<int, int[]> elements = [];
    private readonly HashSet<int> open = [];
    private readonly Dictionary<(double, DType), int> constants = [];

    private Unrolling(RecordedProgram program) => this.program = program;

    /// <summary>Rewrites a program whose sums may be grouped in any way.</summary>
    public static void Run(RecordedProgram program)
    {
        Unrolling unrolling = new(program);
        foreach (int node in program.Steps)
        {
            if (!unrolling.TryTakeApart(node))
            {
                Array.ForEach(program.Node(node).Inputs, unrolling.Join);
                unrolling.Keep(node);
            }
        }
        foreach (int source in program.Sinks.ToList())
        {
            unrolling.Join(source);
        }
        program.Steps = [.. unrolling.steps];
    }

    public int Constant(double value) => Constant(value, DType.Float64);

    public int Apply<TOperation>(in TOperation operation, DType type, params ReadOnlySpan<int> inputs) where TOperation : struct, IOperation =>
        Add(new RecordedOperation<TOperation>(operation, new TensorSpec(Shape.Scalar, type), inputs.ToArray(), null, isAlias: false));

    private int Constant(double value, DType type)
    {
        if (!constants.TryGetValue((value, type), out int source))
        {
            FillOperation fill = new(value, Shape.Scalar, type);
            constants[(value, type)] =
                source = Add(new RecordedOperation<FillOperation>(fill, new TensorSpec(Shape.Scalar, type), [], null, isAlias: false));
        }
        return source;
    }

    /// <summary>Adds an operation on numbers; what is known already is computed here.</summary>
    private int Add(RecordedNode node)
    {
        if (!Array.Exists(node.Inputs, program.Depends))
        {
            return program.Add(node, RecordedProgram.Compute(node, Array.ConvertAll(node.Inputs, program.Constant)));
        }
        int source = program.Add(node, null);
        steps.Add(source);
        return source;
    }

    private bool TryTakeApart(int node)
    {
        RecordedNode operation = program.Node(node);
        if (operation.Spec is not { Layout: Layout.RowMajor, Shape.Count: > 0 } || steps.Count > MostNumbers
            || Array.Exists(operation.Inputs, input => program.SpecOf(input).Layout != Layout.RowMajor))
        {
            return false;
        }
        int[]? parts = operation.Boxed switch
        {
            IProgramOperation { Kind: NodeKind.Numbers } => operation.Inputs,
            IProgramOperation { Kind: NodeKind.Element } part => IsOpen(operation.Inputs[0]) ? [Elements(operation.Inputs[0])[part.Place]] : null,
            ITermOperation terms => OfTerms(operation, terms),
            INumberOperation numbers => OfNumbers(operation, numbers),
            IElementwiseOperation and not IVaryingOperation => OfElementwise(operation),
            _ => null,
        };
        if (parts is null)
        {
            return false;
        }
        elements[node] = parts;
        if (parts.Length > 1 || !program.Depends(parts[0]))
        {
            open.Add(node);
        }
        else
        {
            program.Replace(node, parts[0]);
        }
        return true;
    }

    /// <summary>Whether a source is a number, or numbers of which no array was made.</summary>
    private bool IsNumbers(int source) =>
        program.Depends(source) && (program.SpecOf(source).Shape.Count == 1 || open.Contains(program.MemoryOf(source)));

    private bool IsOpen(int source) => program.Depends(source) && open.Contains(program.MemoryOf(source));

    /// <summary>Whether the elements of a source can be read one by one.</summary>
    private bool HasElements(int source)
    {
        TensorSpec spec = program.SpecOf(source);
        return !program.Depends(source) ? spec.DType is DType.Float64 or DType.Bool or DType.Int64
            : spec.DType == DType.Float64 || spec.Shape.Count == 1 || elements.ContainsKey(program.MemoryOf(source));
    }

    private int[] Elements(int source)
    {
        int root = program.Depends(source) ? program.MemoryOf(source) : source;
        if (elements.TryGetValue(root, out int[]? known))
        {
            return known;
        }
        TensorSpec spec = program.SpecOf(source);
        int[] found = new int[spec.Shape.Count];
        if (!program.Depends(source))
        {
            double[] values = StepScope.Outside(() => program.Constant(source).ToArray<double>());
            found = Array.ConvertAll(values, value => Constant(value, spec.DType));
        }
        else if (found.Length == 1)
        {
            found[0] = root;
        }
        else
        {
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = Apply(new ElementOperation(i), DType.Float64, root);
            }
        }
        return elements[root] = found;
    }

    /// <summary>Makes an array of a source that was taken apart.</summary>
    private void Join(int source)
    {
        if (!IsOpen(source))
        {
            return;
        }
        int root = program.MemoryOf(source);
        RecordedOperation<NumbersOperation> node = new(default, program.SpecOf(root), elements[root], null, isAlias: false);
        int array = program.Add(node, null);
        steps.Add(array);
        elements[array] = elements[root];
        open.Remove(root);
        program.Replace(root, array);
    }

    /// <summary>Keeps an operation on arrays; what it repeats along an axis is written out before.</summary>
    private void Keep(int node)
    {
        RecordedNode operation = program.Node(node);
        TensorSpec spec = operation.Spec;
        bool IsShort(int input) => program.SpecOf(input).Shape.Count is > 1 and var count && count < spec.Shape.Count;
        if (spec is not { Layout: Layout.RowMajor, Shape.Count: <= MostTerms } || operation.Boxed is not IElementwiseOperation or IVaryingOperation
            || !Array.Exists(operation.Inputs, IsShort)
            || !Array.TrueForAll(operation.Inputs, input => program.SpecOf(input) is { DType: DType.Float64, Layout: Layout.RowMajor }))
        {
            steps.Add(node);
            return;
        }
        int[] inputs = Array.ConvertAll(operation.Inputs, input => IsShort(input) ? Add(Repeated(input, spec.Shape)) : input);
        program.Replace(node, Add(operation.With(spec, inputs)));
    }

    private RecordedNode Repeated(int source, Shape target)
    {
        StridedCopyOperation copy = StridedCopyOperation.Broadcast(program.SpecOf(source).Shape, target);
        return new RecordedOperation<StridedCopyOperation>(copy, new TensorSpec(target, DType.Float64), [source], null, isAlias: false);
    }

    private int[]? OfTerms(RecordedNode operation, ITermOperation terms)
    {
        int? indexInput = terms.IndexInput;
        int[] data = [.. operation.Inputs.Where((input, i) => i != indexInput)];
        int[] given = Array.FindAll(data, program.Depends);
        long count = operation.Spec.Shape.Count, all = data.Sum(input => program.SpecOf(input).Shape.Count);
        long read = given.Sum(input => program.SpecOf(input).Shape.Count);
        bool isNumbers = Array.TrueForAll(given, IsNumbers) || (count <= MostElements && Array.Exists(given, IsOpen));
        bool fits = isNumbers ? Math.Max(count, all) <= MostTerms && count <= Math.Max(MostElements, 2 * read)
            : count <= ShortSlice && all > count && !terms.IsSum;
        bool isPlain = operation.Spec.DType == DType.Float64 && (indexInput is not { } index || !program.Depends(operation.Inputs[index]));
        if (!fits || !isPlain || !Array.TrueForAll(data, HasElements) || (given.Length == 1 && read == 1 && count > 1))
        {
            return null;
        }
        List<(int Input, int Element)>[] found = [.. Enumerable.Range(0, (int)count).Select(_ => new List<(int, int)>())];
        ReadOnlySpan<long> indices = indexInput is { } place ? program.Constant(operation.Inputs[place]).Read<long>() : [];
        terms.Terms(program.ShapesOf(operation), indices, operation.Spec.Shape, (result, input, element) => found[result].Add((input, element)));
        int zero = Constant(0);
        return Array.ConvertAll(found, sum =>
            this.Sum([.. sum.Select(term => Elements(operation.Inputs[term.Input])[term.Element]).Where(number => number != zero)]));
    }

    private int[]? OfNumbers(RecordedNode operation, INumberOperation numbers)
    {
        Shape[] shapes = program.ShapesOf(operation);
        long limit = Array.Exists(operation.Inputs, IsOpen) ? MostOperationsOnNumbers : MostOperations;
        return operation.Spec.DType == DType.Float64 && numbers.NumberCost(shapes, operation.Spec.Shape) is { } cost && cost <= limit
            && Array.TrueForAll(operation.Inputs, HasElements)
            ? numbers.InNumbers(this, shapes, Array.ConvertAll(operation.Inputs, Elements), operation.Spec.Shape)
            : null;
    }

    private int[]? OfElementwise(RecordedNode operation)
    {
        long count = operation.Spec.Shape.Count;
        bool isNumber = NumberLogic.IsNumber(operation.Boxed, operation.Spec.DType, program.SpecOf(operation.Inputs[0]).DType)
            || (operation.Spec.DType == DType.Float64 && ((IElementwiseOperation)operation.Boxed).Kernel is not null);
        if (count is 1 or > MostElements || !isNumber || !Array.Exists(operation.Inputs, IsOpen)
            || !Array.TrueForAll(operation.Inputs, HasElements))
        {
            return null;
        }
        int[][] inputs = Array.ConvertAll(operation.Inputs, input => Broadcast(Elements(input), program.SpecOf(input).Shape, operation.Spec.Shape));
        int[] results = new int[count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Add(operation.With(new TensorSpec(Shape.Scalar, operation.Spec.DType), Array.ConvertAll(inputs, input => input[i])));
        }
        return results;
    }

    private static int[] Broadcast(int[] elements, Shape own, Shape target)
    {
        if (elements.Length == target.Count)
        {
            return elements;
        }
        return [.. AxisWalks.Places(AxisWalks.Broadcast(own, target), own).Select(place => elements[place])];
    }
}
