using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pyrite.Web;

/// <summary>Lets in who names this machine as the host and carries the token, and says in every answer what a page may do.</summary>
/// <remarks>
/// The token is the first part of the path, so that relative addresses carry it on. A page of another site that makes its name lead to this machine
/// (DNS rebinding) still sends its own name as the host, and does not know the token.
/// </remarks>
internal sealed class Gate(string token)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Hosts = ["127.0.0.1", "localhost"];

    private readonly byte[] expected = Encoding.ASCII.GetBytes(token);

    /// <summary>One request.</summary>
    public Task Let(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!Hosts.Contains(request.Host.Host) || request.Host.Port != context.Connection.LocalPort)
        {
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, "This server answers to the names of its own machine alone.");
        }
        if (request.Headers.Origin is [{ } origin] && origin != $"http://{request.Host}")
        {
            return Refuse(context, StatusCodes.Status403Forbidden, "Pages of other sites are not answered.");
        }
        string path = request.Path.Value ?? "";
        int end = path.IndexOf('/', Math.Min(1, path.Length));
        string given = path.Length == 0 ? "" : end < 0 ? path[1..] : path[1..end];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected))
        {
            return Refuse(context, StatusCodes.Status403Forbidden,
                "The address lacks its token: open the whole address that pyrite explore printed.");
        }
        if (end < 0)
        {
            context.Response.Redirect($"/{given}/");
            return Task.CompletedTask;
        }
        request.PathBase = request.Path.Value![..end];
        request.Path = path[end..];
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static Task Refuse(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words);
    }
}
