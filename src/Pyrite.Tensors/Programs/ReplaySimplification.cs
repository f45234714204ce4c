using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Indexing;
using Pyrite.Ops.Reductions;
using Pyrite.Text;

namespace Pyrite.Programs;

/// <summary>What the operations of a recorded function come down to: repeated ones are computed once; factors of 1, copies of a single number and
/// what nothing reads not at all.</summary>
/// <remarks>A result whose elements are all one number is kept as that number.</remarks>
internal sealed class ReplaySimplification
{
    private readonly ReplayProgram program;
    private readonly Dictionary<int, int> canonical = [];
    private readonly Dictionary<int, ReplayStepKind> kinds = [];
    private readonly HashSet<int> uniform = [];

    public ReplaySimplification(ReplayProgram program)
    {
        this.program = program;
        Products = new ReplayProducts(program);
        Dictionary<(object, string, TensorSpec), int> known = [];
        foreach (int node in program.Steps)
        {
            RecordedNode operation = program.Node(node);
            int[] inputs = Array.ConvertAll(operation.Inputs, Canonical);
            if (Stand(operation, inputs) is { } source)
            {
                canonical[node] = source;
                continue;
            }
            ReplayStepKind kind = Products.KindOf(node) ?? Classify(operation, inputs);
            if (kind != ReplayStepKind.Other && !known.TryAdd((operation.Boxed, NumberList.Text(inputs, ","), operation.Spec), node))
            {
                canonical[node] = known[(operation.Boxed, NumberList.Text(inputs, ","), operation.Spec)];
                continue;
            }
            kinds[node] = kind;
            if (kind == ReplayStepKind.Number && operation.Spec.Shape.Count > 1)
            {
                uniform.Add(node);
            }
        }
        RemoveUnused();
    }

    /// <summary>Constants all of whose elements are one number.</summary>
    public Dictionary<int, double> Literals { get; } = [];

    /// <summary>The products that loops compute.</summary>
    public ReplayProducts Products { get; }

    /// <summary>Whether a node is computed itself.</summary>
    public bool IsOwn(int node) => kinds.ContainsKey(node);

    /// <summary>How a node is computed.</summary>
    public ReplayStepKind KindOf(int node) => kinds[node];

    /// <summary>The source that stands for a source.</summary>
    public int Canonical(int source)
    {
        source = program.Depends(source) ? program.Root(source) : source;
        while (canonical.TryGetValue(source, out int other))
        {
            source = other;
        }
        if (!program.Depends(source) && !Literals.ContainsKey(source))
        {
            TensorSpec spec = program.SpecOf(source);
            if (spec.DType == DType.Float64)
            {
                ReadOnlySpan<double> values = program.Constant(source).Read<double>();
                if (values.Length > 0 && !values.ContainsAnyExcept(values[0]))
                {
                    Literals[source] = values[0];
                }
            }
            else if (spec.Shape.Count == 1 && ReplayLogic.NumberOf(program.Constant(source)) is { } number)
            {
                Literals[source] = number;
            }
        }
        return source;
    }

    /// <summary>What stands for the inputs of a node; of a product, for its vector alone.</summary>
    public int[] Inputs(int node) =>
        Products.Find(node) is { } product ? [Canonical(product.Vector)] : Array.ConvertAll(program.Node(node).Inputs, Canonical);

    /// <summary>Whether a canonical source is one number.</summary>
    public bool IsNumber(int source) => Literals.ContainsKey(source) || uniform.Contains(source)
        || (program.SpecOf(source) is { Shape.Count: 1 } spec
            && (spec.DType is DType.Float64 or DType.Bool
                || (spec.DType == DType.Int64 && kinds.GetValueOrDefault(source) == ReplayStepKind.Number)));

    /// <summary>The elements that a loop over a node's operation runs through.</summary>
    public int Space(int node) => kinds[node] switch
    {
        ReplayStepKind.Product or ReplayStepKind.TransposedProduct => Products.Find(node)!.Value.Rows,
        ReplayStepKind.Loop => (int)program.SpecOf(node).Shape.Count,
        _ => (int)program.SpecOf(program.Node(node).Inputs[0]).Shape.Count,
    };

    /// <summary>Forgets what nothing reads any more, such as the terms of a sum that is a product.</summary>
    private void RemoveUnused()
    {
        HashSet<int> used = [];
        Stack<int> open = new(program.Results.Concat(program.Verdicts).Select(Canonical));
        while (open.TryPop(out int source))
        {
            if (kinds.ContainsKey(source) && used.Add(source))
            {
                Array.ForEach(Inputs(source), open.Push);
            }
        }
        foreach (int node in kinds.Keys.Where(node => !used.Contains(node)).ToList())
        {
            kinds.Remove(node);
        }
    }

    private int? Stand(RecordedNode operation, int[] inputs)
    {
        bool Is(int input, double value) => Literals.TryGetValue(inputs[input], out double literal) && literal == value;
        bool Fits(int input) => program.SpecOf(operation.Inputs[input]).Shape.Count == operation.Spec.Shape.Count;
        return operation.Boxed switch
        {
            StridedCopyOperation when IsNumber(inputs[0]) && operation.Spec.DType == DType.Float64 => inputs[0],
            IConjunction when Fits(0) => inputs[0],
            Zip<MultiplyKernel> when Is(0, 1) && Fits(1) => inputs[1],
            Zip<MultiplyKernel> or Zip<DivideKernel> when Is(1, 1) && Fits(0) => inputs[0],
            Zip<SubtractKernel> when Is(1, 0) && Fits(0) => inputs[0],
            Choice.WhereOperation when Choices(operation.Inputs[0]) is { } taken && (IsNumber(inputs[taken]) || Fits(taken))
                && program.SpecOf(operation.Inputs[taken]).DType == DType.Float64 => inputs[taken],
            SumOperation sum when operation.Spec.Shape.Count == program.SpecOf(operation.Inputs[0]).Shape.Count && sum.Reduced == 1 => inputs[0],
            _ => null,
        };
    }

    /// <summary>Which input a choice by a mask takes in all places; null where it takes both, and where the mask depends on the arguments.</summary>
    private int? Choices(int mask)
    {
        if (program.Depends(mask))
        {
            return null;
        }
        ReadOnlySpan<bool> flags = program.Constant(mask).Read<bool>();
        return !flags.Contains(false) ? 1 : flags.Contains(true) ? null : 2;
    }

    private ReplayStepKind Classify(RecordedNode operation, int[] inputs)
    {
        object boxed = operation.Boxed;
        if (boxed is IRangeVerdict { IsWhole: false } && program.SpecOf(operation.Inputs[0]).DType == DType.Float64)
        {
            return IsNumber(inputs[0]) ? ReplayStepKind.NumberCheck : ReplayStepKind.Check;
        }
        long count = operation.Spec.Shape.Count;
        if (count == 1 && Array.TrueForAll(inputs, IsNumber))
        {
            if (boxed is IRangeTest { IsWhole: false } && program.SpecOf(operation.Inputs[0]).DType == DType.Float64)
            {
                return ReplayStepKind.NumberCheck;
            }
            if (ReplayLogic.IsNumber(boxed, operation.Spec.DType, program.SpecOf(operation.Inputs[0]).DType))
            {
                return ReplayStepKind.Number;
            }
        }
        if (operation.Spec.DType != DType.Float64 || count == 0 || operation.Spec.Layout != Layout.RowMajor)
        {
            return ReplayStepKind.Other;
        }
        if (boxed is TakeOperation or TakeGradientOperation)
        {
            bool isVector = boxed is TakeGradientOperation ? operation.Spec.Shape.Rank == 1 : program.SpecOf(operation.Inputs[0]).Shape.Rank == 1;
            bool isPlain = isVector && !program.Depends(operation.Inputs[1]) && (boxed is TakeGradientOperation || !IsNumber(inputs[0]));
            return !isPlain ? ReplayStepKind.Other : boxed is TakeOperation ? ReplayStepKind.Take : ReplayStepKind.TakeGradient;
        }
        if (boxed is Choice.WhereOperation && !program.Depends(operation.Inputs[0]) && program.SpecOf(operation.Inputs[0]).Shape.Count == count
            && count > 1)
        {
            // A mask that is data: one of two numbers, element by element.
            return Fits(operation, inputs, first: 1) ? ReplayStepKind.Loop : ReplayStepKind.Other;
        }
        if (Array.Exists(operation.Inputs, input => program.SpecOf(input).DType != DType.Float64))
        {
            return ReplayStepKind.Other;
        }
        if (boxed is SumOperation { Outer: 1, Inner: 1 })
        {
            return IsNumber(inputs[0]) ? ReplayStepKind.Multiple : ReplayStepKind.Sum;
        }
        if (boxed is not IElementwiseOperation elementwise)
        {
            return ReplayStepKind.Other;
        }
        if (Array.TrueForAll(inputs, IsNumber))
        {
            return elementwise.Kernel is not null ? ReplayStepKind.Number : ReplayStepKind.Other;
        }
        return elementwise.Form is not null && Fits(operation, inputs, first: 0) ? ReplayStepKind.Loop : ReplayStepKind.Other;
    }

    /// <summary>Whether inputs from the first asked for on are Float64, and single numbers or as many as the results.</summary>
    private bool Fits(RecordedNode operation, int[] inputs, int first)
    {
        bool fits = true;
        for (int i = first; i < inputs.Length; i++)
        {
            TensorSpec spec = program.SpecOf(operation.Inputs[i]);
            fits &= spec.DType == DType.Float64 && (IsNumber(inputs[i]) || spec.Shape.Count == operation.Spec.Shape.Count);
        }
        return fits;
    }
}
