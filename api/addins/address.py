"""The address that generated files name: the configured one, or that of a trusted Host header."""

from __future__ import annotations

from api.guard import host_name
from api.settings import Settings, public_address
from corpus.errors import WrongUse


def address_of(settings: Settings, scheme: str, host: str) -> str:
    """Return the origin of this service as its visitors reach it. Raise WrongUse where it is not known.

    A Host header is taken only where the settings list the names that the service answers to: otherwise
    whoever sends a request could have any address written into a file that others install.
    """
    if settings.public_url is not None:
        return settings.public_url
    if host_name(host) not in settings.served_names():
        raise WrongUse(
            "还不知道用户访问本服务的地址，不能生成加载项文件；"
            "请管理员设置环境变量 DUIBIAO_PUBLIC_URL（如 https://duibiao.example）后重启服务。"
        )
    return public_address(f"{scheme}://{host}", "访问地址")


def secure(address: str) -> str:
    """Return `address`, which Word will only take if it is https. Raise WrongUse."""
    if not address.startswith("https://"):
        raise WrongUse(
            f"Word 只接受 https 地址的加载项，而本服务的地址是 {address}；"
            "请管理员为服务配置证书，并把环境变量 DUIBIAO_PUBLIC_URL 设为 https:// 开头的地址。"
        )
    return address
