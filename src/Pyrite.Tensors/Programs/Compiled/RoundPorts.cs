using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>Takes the arrays of a round apart that have few elements, so that these stand in registers from round to round.</summary>
internal sealed class RoundPorts
{
    /// <summary>Elements of an array that is taken apart.</summary>
    private const int MostElements = 16;

    private readonly RecordedStream body;
    private readonly bool isApart;
    private readonly int[] standIns;

    /// <param name="body">The operations of a round; its outside tensors are what is given.</param>
    /// <param name="isApart">Whether arrays may be taken apart.</param>
    public RoundPorts(RecordedStream body, bool isApart)
    {
        (this.body, this.isApart) = (body, isApart);
        standIns = new int[body.Outside.Count];
        for (int i = 0; i < standIns.Length; i++)
        {
            TensorSpec spec = body.Outside[i].Spec;
            Given.Add([]);
            int first = Stream.Outside.Count, count = CountOf(spec);
            for (int element = 0; element < count; element++)
            {
                Given[i].Add(new RoundPort(-1 - Stream.Outside.Count, i, element));
                Stream.Outside.Add(count == 1 ? body.Outside[i] : new OutsideSpec(new TensorSpec(Shape.Scalar, spec.DType), false));
            }
            standIns[i] = count == 1 ? -1 - first : Add(new RecordedOperation<NumbersOperation>(
                default, spec, [.. Given[i].Select(port => port.Source)], null, isAlias: false));
        }
        Shift = Stream.Nodes.Count;
        foreach (RecordedNode node in body.Nodes)
        {
            Add(node.With(node.Spec, Array.ConvertAll(node.Inputs, SourceOf)));
        }
    }

    /// <summary>The operations on what was taken apart.</summary>
    public RecordedStream Stream { get; } = new();

    /// <summary>The ports of each given tensor.</summary>
    public List<List<RoundPort>> Given { get; } = [];

    private int Shift { get; }

    /// <summary>The ports of a result.</summary>
    /// <param name="source">The result, in the numbers of the body.</param>
    /// <param name="array">Where it goes.</param>
    public IEnumerable<RoundPort> Of(int source, int array)
    {
        TensorSpec spec = source < 0 ? body.Outside[-1 - source].Spec : body.Nodes[source].Spec;
        int count = CountOf(spec), own = SourceOf(source);
        for (int element = 0; element < count; element++)
        {
            yield return new RoundPort(count == 1 ? own : Add(new RecordedOperation<ElementOperation>(
                new ElementOperation(element), new TensorSpec(Shape.Scalar, spec.DType), [own], null, isAlias: false)), array, element);
        }
    }

    private int CountOf(TensorSpec spec) =>
        isApart && spec is { DType: DType.Float64, Layout: Layout.RowMajor, Shape.Count: > 1 and <= MostElements } ? (int)spec.Shape.Count : 1;

    private int SourceOf(int source) => source < 0 ? standIns[-1 - source] : source + Shift;

    private int Add(RecordedNode node)
    {
        Stream.Nodes.Add(node);
        return Stream.Nodes.Count - 1;
    }
}
