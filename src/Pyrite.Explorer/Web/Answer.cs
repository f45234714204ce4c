using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Pyrite.Web;

/// <summary>Answers in one form.</summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>A value as JSON; numbers that are not finite as words.</summary>
    public static IResult Json<T>(T value) => Results.Json(value, Format);

    /// <summary>A text that is JSON already.</summary>
    public static IResult Text(string json) => Results.Text(json, "application/json; charset=utf-8");

    /// <summary>Bytes of pixels, one image after another.</summary>
    public static IResult Pixels(byte[] pixels) => Results.Bytes(pixels, "application/octet-stream");

    /// <summary>What is wrong with a request.</summary>
    public static IResult Wrong(string words) => Results.Text(words, "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);

    /// <summary>What there is not.</summary>
    public static IResult Missing(string words) => Results.Text(words, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);

    /// <summary>What a file that is shown has wrong with it; it is data from outside and must not end the server.</summary>
    public static IResult Guard(Func<IResult> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException
            or ArgumentException)
        {
            return Results.Text(problem.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
