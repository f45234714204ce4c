using System.Reflection;

namespace Pyrite;

/// <summary>Folders of a library form layers: no two use each other, directly or through others; kernels know memory and numbers alone.</summary>
public sealed class FolderTests
{
    /// <summary>Uses that do not count; each owes a reason.</summary>
    private static readonly HashSet<string> Exceptions = [];

    /// <summary>What kernels may know of the library's own folder: sizes, types and keys.</summary>
    private static readonly HashSet<string> PlainTypes = ["DType", "DTypeProperties", "Shape", "RandomKey"];

    /// <summary>The room among the kernels that writes code for operations, and therefore knows these.</summary>
    private static readonly string[] Emitters = ["Kernels/Emit"];

    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_folders_use_each_other_in_a_circle(string library)
    {
        IEnumerable<string> cycles = FolderGraph.Of(library, Exceptions).Cycles()
            .Select(cycle => $"{string.Join(", ", cycle.Folders)} use each other:\n  {string.Join("\n  ", cycle.Uses)}");

        Assert.True(!cycles.Any(), string.Join('\n', cycles));
    }

    [Fact]
    public void Kernels_know_no_tensors_and_no_operations()
    {
        Dictionary<TypeName, string> folders = FolderGraph.Folders("Pyrite.Tensors");
        IEnumerable<string> found = TypeReferences.Of(Assembly.Load("Pyrite.Tensors").Location)
            .Where(use => InKernels(use.From) && !InKernels(use.To) && folders.ContainsKey(use.To) && !PlainTypes.Contains(use.To.Name))
            .Select(use => $"{use.From.Name} → {use.To.Name}")
            .Distinct();

        Assert.True(!found.Any(), string.Join('\n', found));

        bool InKernels(TypeName type) => folders.TryGetValue(type, out string? folder) && folder.StartsWith("Kernels/", StringComparison.Ordinal)
            && !Emitters.Contains(folder);
    }

    [Fact]
    public void Exceptions_are_still_needed()
    {
        HashSet<string> uses = [.. Repository.Libraries.SelectMany(library => TypeReferences.Of(Assembly.Load(library).Location))
            .Select(use => $"{use.From.Name} → {use.To.Name}")];

        Assert.All(Exceptions, exception => Assert.Contains(exception, uses));
    }

    [Fact]
    public void The_rule_sees_calls_fields_bases_and_type_arguments()
    {
        HashSet<string> uses = [.. TypeReferences.Of(Assembly.Load("Pyrite.Tensors").Location).Select(use => $"{use.From.Name} → {use.To.Name}")];

        Assert.Contains("DeferredNode → GradientNode", uses);    // a base
        Assert.Contains("Tensor → Storage", uses);               // a field
        Assert.Contains("StepScope → StreamCache", uses);        // a constructor that is called
        Assert.Contains("Tensor → AddKernel", uses);             // a type argument
        Assert.DoesNotContain("GradientNode → DeferredNode", uses);
    }

    [Fact]
    public void Circles_are_found_through_other_folders()
    {
        FolderGraph graph = new();
        graph.Add("A", "B", "one → two");
        graph.Add("B", "C/D", "two → three");
        graph.Add("C/D", "A", "three → one");
        graph.Add("A", "E", "one → four");

        (string[] folders, string[] uses) = Assert.Single(graph.Cycles());

        Assert.Equal(["A", "B", "C/D"], folders);
        Assert.Equal(3, uses.Length);
    }
}
