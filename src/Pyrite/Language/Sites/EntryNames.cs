using System.Runtime.CompilerServices;

namespace Pyrite.Language.Sites;

/// <summary>Looks at the names that users give to entries.</summary>
internal static class EntryNames
{
    /// <summary>Lists that were found right. Models run thousands of times, mostly with the same list.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, object> Right = [];

    /// <summary>What is wrong with names; null where they are all there and differ.</summary>
    public static string? Fault(IReadOnlyList<string> names)
    {
        if (Right.TryGetValue(names, out _))
        {
            return null;
        }
        HashSet<string> seen = [];
        for (int i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrEmpty(names[i]))
            {
                return $"found none for entry {i}";
            }
            if (!seen.Add(names[i]))
            {
                return $"found \"{names[i]}\" twice";
            }
        }
        Right.TryAdd(names, Right);
        return null;
    }
}
