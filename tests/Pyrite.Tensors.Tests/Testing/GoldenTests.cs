using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests.Testing;

public class GoldenTests
{
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(GoldenFolder.Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Folders))]
    public void Every_golden_folder_is_found_and_its_json_parses(string folder)
    {
        string[] files = Directory.GetFiles(Path.Combine(GoldenFolder.Root, folder), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(JsonValueKind.Object, GoldenFolder.Json(folder, Path.GetFileName(file)).ValueKind));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nothing.json", Assert.Throws<FileNotFoundException>(() => GoldenFolder.Path("ops", "nothing.json")).Message);

    [Fact]
    public void Numbers_may_be_written_as_strings()
    {
        JsonElement json = JsonDocument.Parse("""{"t":{"shape":[2,2],"data":[1.5,"inf","-inf","nan"]},"n":3,"null":null,"bad":"x"}""").RootElement;
        GoldenTensor tensor = json.GetProperty("t").Values();

        Assert.Equal([1.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN], tensor.Data);
        Assert.Equal([2, 2], tensor.ToTensor().Shape);
        Assert.Equal([3.0], json.GetProperty("n").Values().Data);
        Assert.Null(json.Optional("null"));
        Assert.Null(json.Optional("missing"));
        Assert.Throws<InvalidDataException>(() => json.GetProperty("bad").Number());
    }

    [Fact]
    public void A_golden_tensor_with_too_few_numbers_is_refused() => Assert.Throws<InvalidDataException>(() => new GoldenTensor([2, 3], [1]));

    [Fact]
    public void Golden_numbers_are_read_at_full_precision()
    {
        using JsonDocument document = JsonDocument.Parse("""{"shape": [2], "data": [0.1, -1.7976931348623157e308]}""");
        Assert.Equal([0.1, double.MinValue], document.RootElement.Values().Data);
    }
}
