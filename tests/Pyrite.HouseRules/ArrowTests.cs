using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Pyrite;

/// <summary>A project references only what stands above it: the layers of ARCHITECTURE.md, read from the project files and from the
/// assemblies.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Pyrite.Tensors"] = [],
        ["Pyrite.Distributions"] = ["Pyrite.Tensors"],
        ["Pyrite.Neural"] = ["Pyrite.Tensors"],
        ["Pyrite.Data"] = ["Pyrite.Tensors"],
        ["Pyrite.Data.Mnist"] = ["Pyrite.Data"],
        ["Pyrite"] = ["Pyrite.Distributions", "Pyrite.Neural"],
        ["Pyrite.Plotting"] = ["Pyrite", "Pyrite.TimeSeries"],
        ["Pyrite.Logging"] = ["Pyrite", "Pyrite.Data"],
        ["Pyrite.Data.Arrow"] = ["Pyrite.Data"],
        ["Pyrite.Data.Images"] = ["Pyrite.Data"],
        ["Pyrite.GaussianProcesses"] = ["Pyrite"],
        ["Pyrite.NetCdf"] = ["Pyrite"],
        ["Pyrite.DifferentialEquations"] = ["Pyrite"],
        ["Pyrite.Distributed"] = ["Pyrite"],
        ["Pyrite.Explorer"] = ["Pyrite", "Pyrite.Data"],
        ["Pyrite.Interactive"] = ["Pyrite.Plotting", "Pyrite.Data"],
        ["Pyrite.Terminal"] = ["Pyrite", "Pyrite.Data"],
        ["Pyrite.TimeSeries"] = ["Pyrite"],
    };

    private static readonly string[] CompilerExtensions = ["Pyrite.Analyzers", "Pyrite.Analyzers.CodeFixes"];

    [Fact]
    public void Every_library_has_its_arrows_written_down()
    {
        string[] found =
            [.. Repository.Files.Where(file => file.StartsWith("src/") && file.EndsWith(".csproj")).Select(Path.GetFileNameWithoutExtension)!];

        // What compilers load belongs to no layer: it reads programs and references none of the libraries.
        found = [.. found.Except(CompilerExtensions)];
        Assert.Equal(Arrows.Keys.Order(), found.Order());
        Assert.Equal(Arrows.Keys.Order(), Repository.Libraries.Order());
    }

    [Fact]
    public void Project_files_reference_what_the_layers_allow()
    {
        foreach ((string library, string[] allowed) in Arrows)
        {
            Assert.Equal(allowed.Order(), ProjectReferences($"src/{library}/{library}.csproj").Except(CompilerExtensions).Order());
        }
    }

    [Fact]
    public void Assemblies_reference_what_the_layers_allow()
    {
        foreach (string library in Repository.Libraries)
        {
            string[] found =
                [.. Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Pyrite"))];

            Assert.Subset(WithTransitive(library).ToHashSet(), found.ToHashSet());
        }
    }

    [Fact]
    public void Internals_are_open_to_tests_and_benchmarks_alone()
    {
        IEnumerable<string> found =
            from library in Repository.Libraries
            from friend in Assembly.Load(library).GetCustomAttributes<InternalsVisibleToAttribute>()
            where !friend.AssemblyName.EndsWith(".Tests", StringComparison.Ordinal) && friend.AssemblyName != "Pyrite.Benchmarks"
            select $"{library} → {friend.AssemblyName}";

        Assert.Empty(found);
    }

    [Fact]
    public void No_library_references_an_application_a_benchmark_or_a_test()
    {
        string[] projects = [.. Repository.Files.Where(file => file.EndsWith(".csproj") && file.StartsWith("src/"))];

        Assert.All(projects, project => Assert.All(
            ProjectReferences(project), name => Assert.Contains(name, Repository.Libraries.Concat(CompilerExtensions))));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Pyrite.slnx");

        // Projects inside the templates belong to those who start from them.
        Assert.All(
            Repository.Files.Where(file => file.EndsWith(".csproj") && !file.StartsWith("templates/Pyrite.Templates/content/")),
            project => Assert.Contains($"\"{project}\"", solution));
    }

    private static IEnumerable<string> ProjectReferences(string project) => XDocument.Load(Path.Combine(Repository.Root, project))
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> WithTransitive(string library) =>
        Arrows[library].SelectMany(above => WithTransitive(above).Append(above)).Distinct();
}
