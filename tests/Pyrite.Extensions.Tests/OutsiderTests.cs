using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pyrite.Extensions;

/// <summary>What this project writes stands on the public surface alone.</summary>
public sealed class OutsiderTests
{
    public static TheoryData<string> Libraries =>
        ["Pyrite.Tensors", "Pyrite.Distributions", "Pyrite.Neural", "Pyrite.Data", "Pyrite"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_library_opens_its_internals_to_this_project(string library)
    {
        string self = Assembly.GetExecutingAssembly().GetName().Name!;
        IEnumerable<string> friends = Assembly.Load(library).GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.DoesNotContain(self, friends);
    }
}
