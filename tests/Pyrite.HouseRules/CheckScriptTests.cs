using System.Xml.Linq;

namespace Pyrite;

/// <summary>What `.ci/run` counts on: where result files go, and which tests each run takes.</summary>
public sealed class CheckScriptTests
{
    [Theory]
    [InlineData("everyday", "../artifacts/test-results", "Category!=Long")]
    [InlineData("long", "../artifacts/test-results/long", "Category=Long")]
    [InlineData("cultures", "../artifacts/test-results/cultures", "Category!=Long&Once!=Cultures")]
    [InlineData("widths", "../artifacts/test-results/widths", "Category!=Long&Once!=Widths")]
    public void Run_settings_write_result_files_where_the_checks_look(string name, string folder, string filter)
    {
        XElement settings = XDocument.Load(Path.Combine(Repository.Root, "tests", name + ".runsettings")).Root!;

        Assert.Equal(folder, settings.Descendants("ResultsDirectory").Single().Value);
        Assert.Equal(filter, settings.Descendants("TestCaseFilter").Single().Value);
        Assert.Contains(settings.Descendants("Logger"), logger => logger.Attribute("friendlyName")?.Value == "trx");
    }

    [Fact]
    public void Result_files_get_names_of_their_own()
    {
        // A fixed LogFileName would make each project overwrite the file of the one before.
        Assert.All(["everyday", "long", "cultures", "widths"],
            name => Assert.DoesNotContain("LogFileName", Repository.Read($"tests/{name}.runsettings")));
    }

    [Fact]
    public void Projects_are_tested_one_after_the_other()
    {
        XElement[] calls = [.. XDocument.Load(Path.Combine(Repository.Root, "Directory.Solution.targets")).Descendants("MSBuild")];

        Assert.Equal("%(ProjectReference.FullPath)", calls.Single(call => call.Attribute("Targets")?.Value == "VSTest").Attribute("Projects")?.Value);
    }
}
