using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>No library and no app formats, parses, compares or orders in the culture of the thread; read from the compiled code.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> Assemblies => [.. Repository.Libraries, "Pyrite.Cli"];

    public static TheoryData<string> BoundExamples => [.. Examples(typeof(CultureExample.Bound))];

    public static TheoryData<string> FreeExamples => [.. Examples(typeof(CultureExample.Free))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nothing_depends_on_the_culture_of_the_thread(string assembly)
    {
        string[] found =
            [.. CallReader.Of(Assembly.Load(assembly)).Where(call => !IsShownInDebuggersAlone(call))
                .Select(call => (call, fault: CultureRule.Fault(call)))
            .Where(entry => entry.fault is not null)
            .Select(entry => $"{entry.call.Place}: {entry.call.Callee.DeclaringType!.Name}.{entry.call.Callee.Name}: {entry.fault}").Distinct()];

        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(BoundExamples))]
    public void The_rule_finds_what_depends_on_the_culture(string example) =>
        Assert.Contains(Calls(typeof(CultureExample.Bound), example), call => CultureRule.Fault(call) is not null);

    [Theory]
    [MemberData(nameof(FreeExamples))]
    public void The_rule_leaves_alone_what_does_not(string example) =>
        Assert.DoesNotContain(Calls(typeof(CultureExample.Free), example), call => CultureRule.Fault(call) is not null);

    [Fact]
    public void Every_interpolated_string_of_the_libraries_is_invariant_by_construction() =>
        Assert.All(Repository.Libraries,
            library => Assert.NotNull(Assembly.Load(library).GetType("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler")));

    [Fact]
    public void Only_the_command_line_fixes_its_culture()
    {
        string[] fixing =
            [.. Repository.Files.Where(
                file =>
                    Path.GetExtension(file) is ".csproj" or ".props" or ".targets" && Repository.Read(file).Contains("<InvariantGlobalization>"))];

        Assert.Equal(["apps/Pyrite.Cli/Pyrite.Cli.csproj"], fixing);
    }

    /// <summary>The text that the compiler writes for a record is nobody's but a debugger's where the record is internal, writes a text of its own or
    /// has no numbers; that of types without a name, of which servers make JSON, is a debugger's always.</summary>
    private static bool IsShownInDebuggersAlone(MethodCall call)
    {
        Type record = call.Caller.DeclaringType!;
        if (record.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
        {
            return true;
        }
        return call.Caller.Name == "PrintMembers" && call.Caller.IsDefined(typeof(CompilerGeneratedAttribute))
            && (!record.IsVisible || !record.GetMethod("ToString", [])!.IsDefined(typeof(CompilerGeneratedAttribute))
                || !record.GetProperties().Any(property => CultureRule.IsNumber(property.PropertyType)));
    }

    private static IEnumerable<string> Examples(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name);

    private static IEnumerable<MethodCall> Calls(Type type, string example) => CallReader.Of(type).Where(call => call.Caller.Name == example);
}
